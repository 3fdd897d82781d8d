//! `kill -9` while people vote.

use std::time::Duration;

use service::Chance;

use crate::rig::{Folder, Sent, Server, Town, Voter};

const ROUNDS: u32 = 6;
const VOTERS: u32 = 16;
/// Most votes of a voter between two kills: below the limit of votes a person.
const VOTES: usize = 100;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_any_moment_each_acknowledged_vote_counts_once() {
    let folder = Folder::new();
    let mut town = Town::new(folder.0.join("rembug.db"), VOTERS).await;
    let (mut acknowledged, mut cut) = (0, 0);
    for _ in 0..ROUNDS {
        let server = Server::start(&town.path);
        let address = server.address;
        let voters: Vec<_> = town
            .voters
            .drain(..)
            .map(|voter| tokio::spawn(vote_on(voter, address, VOTES)))
            .collect();
        let moment = 60 + u64::from(Chance::System.below(500));
        tokio::time::sleep(Duration::from_millis(moment)).await;
        server.kill();
        for voter in voters {
            let (voter, votes) = voter.await.expect("a voter ends");
            acknowledged += votes;
            cut += usize::from(voter.unknown);
            town.voters.push(voter);
        }
    }
    assert!(
        acknowledged > 50 && cut > 0,
        "{acknowledged} acknowledged, {cut} cut off: the kills must hit"
    );
    // Whoever had no answer sends the same again.
    let server = Server::start(&town.path);
    for voter in town.voters.iter_mut().filter(|voter| voter.unknown) {
        assert!(matches!(
            voter.vote(server.address, "id").await,
            Sent::Acknowledged
        ));
    }
    server.kill();
    town.check(&town.path).await;
    println!("{acknowledged} votes acknowledged, {cut} cut off in {ROUNDS} kills");
}

/// Votes until the program does not answer any more, or enough.
async fn vote_on(mut voter: Voter, server: std::net::SocketAddr, most: usize) -> (Voter, usize) {
    for votes in 0..most {
        match voter.vote(server, "id").await {
            Sent::Acknowledged => {}
            Sent::Refused(got) => panic!("{voter:?}: {} {}", got.status, got.text),
            Sent::Unknown => return (voter, votes),
        }
    }
    (voter, most)
}
