import { defineConfig } from '@playwright/test';

// `cargo xtask e2e` starts a demo town and sets these two. Without CHROME_PATH Playwright takes the browser of its own.
const baseURL = process.env.BASE_URL ?? 'http://127.0.0.1:3000';
const executablePath = process.env.CHROME_PATH || undefined;

/** The smallest telephone we promise to serve well. */
const phone = { width: 360, height: 740 };

export default defineConfig({
  testDir: 'tests',
  outputDir: '../target/e2e/results',
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  retries: process.env.CI ? 1 : 0,
  workers: 2,
  reporter: [['list']],
  timeout: 30_000,
  use: {
    baseURL,
    // What the worker of the site keeps has tests of its own; the others see what the network brings.
    serviceWorkers: 'block',
    locale: 'id-ID',
    timezoneId: 'Asia/Jakarta',
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    trace: 'on-first-retry',
    launchOptions: {
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'phone', use: { viewport: phone, isMobile: true, hasTouch: true } },
    { name: 'desktop', use: { viewport: { width: 1280, height: 800 } } },
    // Every journey of a resident also works without JavaScript: tag its test `@nojs`.
    { name: 'no-js', grep: /@nojs/, use: { viewport: phone, isMobile: true, hasTouch: true, javaScriptEnabled: false } },
  ],
});
