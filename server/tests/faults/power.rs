//! F9: the power is cut. The disk is an image behind a loop device: what was not flushed is not in the image.

use std::path::Path;

use crate::rig::{Folder, Mounted, Sent, Server, Town, is_root, system};

const CUTS: usize = 3;

/// A loop device for one test.
struct Loop(String);

impl Drop for Loop {
    fn drop(&mut self) {
        let _ = system("losetup", &["-d", &self.0]);
    }
}

/// The image as a disk; both go with the returned values, the mount first.
fn plug(image: &Path, place: &Path) -> Result<(Mounted, Loop), String> {
    std::fs::create_dir_all(place).map_err(|e| e.to_string())?;
    let device = Loop(system(
        "losetup",
        &["--find", "--show", &image.display().to_string()],
    )?);
    system("mount", &[&device.0, &place.display().to_string()])?;
    Ok((Mounted(place.to_owned()), device))
}

fn disk(folder: &Folder) -> Result<(Mounted, Loop), String> {
    if !is_root() {
        return Err("only an administrator can plug a disk".to_owned());
    }
    let image = folder.0.join("disk.img");
    let file = std::fs::File::create(&image).map_err(|e| e.to_string())?;
    file.set_len(48 << 20).map_err(|e| e.to_string())?;
    system("mkfs.ext4", &["-q", &image.display().to_string()])?;
    plug(&image, &folder.0.join("disk"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_power_cut_each_acknowledged_vote_is_there() {
    let folder = Folder::new();
    let _plugged = match disk(&folder) {
        Ok(plugged) => plugged,
        Err(why) => return println!("skipped: {why}"),
    };
    let mut town = Town::new(folder.0.join("disk/rembug.db"), 8).await;
    let server = Server::start(&town.path);
    for cut in 0..CUTS {
        for _ in 0..6 {
            for voter in &mut town.voters {
                assert!(matches!(
                    voter.vote(server.address, "id").await,
                    Sent::Acknowledged
                ));
            }
        }
        // What nobody flushed: the cut must take it, or the rig proves nothing.
        let loose = format!("loose-{cut}");
        std::fs::write(folder.0.join("disk").join(&loose), vec![7; 20_000]).expect("there is room");
        system("kill", &["-STOP", &server.id()]).expect("the program can be stopped");
        let image = folder.0.join(format!("cut-{cut}.img"));
        std::fs::copy(folder.0.join("disk.img"), &image).expect("the image can be copied");
        let place = folder.0.join(format!("cut-{cut}"));
        let after = plug(&image, &place).expect("the image is a disk");
        let kept = std::fs::read(place.join(&loose)).unwrap_or_default();
        assert!(
            !kept.contains(&7),
            "the cut kept what was never flushed: the rig is broken"
        );
        town.check(&place.join("rembug.db")).await;
        drop(after);
        std::fs::remove_file(&image).expect("the image goes");
        system("kill", &["-CONT", &server.id()]).expect("the program can go on");
    }
}
