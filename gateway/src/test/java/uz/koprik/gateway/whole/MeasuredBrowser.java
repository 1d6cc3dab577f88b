package uz.koprik.gateway.whole;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A Chromium with a profile of its own for measurements. It takes the certificate of one centre as valid, for browsers
 * keep nothing that came over a connection with a certificate at fault.
 */
final class MeasuredBrowser implements AutoCloseable {

    /**
     * What measures in the page. {@code drawn(condition)} resolves with the time after the frame in which the condition
     * became true; {@code frames(many, move)} with the times of that number of frames.
     */
    private static final String MEASURES =
            """
            performance.setResourceTimingBufferSize(2000);
            window.measured = {
              drawn: (condition) => new Promise((resolve) => {
                const look = () => {
                  if (!condition()) { requestAnimationFrame(look); return; }
                  const after = new MessageChannel();
                  after.port1.onmessage = () => resolve(performance.now());
                  after.port2.postMessage(0);
                };
                requestAnimationFrame(look);
              }),
              deep: (...path) => path.reduce((node, name) => (node?.shadowRoot ?? node)?.querySelector(name), document),
              focused: () => {
                let node = document.activeElement;
                while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
                return node;
              },
              screen: () => measured.deep('koprik-console', 'koprik-lookup'),
              start: () => measured.drawn(() => measured.focused()?.localName === 'textarea'
                  && measured.deep('koprik-console', 'koprik-lookup', 'k-empty', 'h2')?.textContent.trim()),
              answered: (rows) => measured.drawn(() => {
                const lookup = measured.screen();
                return lookup.answer && lookup.rows.length >= rows && lookup.shadowRoot.querySelectorAll('li.value').length >= Math.min(rows, 40)
                    && measured.deep('koprik-console', 'koprik-lookup', 'li.value k-value', 'code')?.textContent.trim();
              }),
              // Moves before each frame; the times of the frames, and in how many the picture changed.
              frames: (many, move) => new Promise((resolve) => {
                const times = [];
                let changed = -1;
                const frame = (at) => {
                  times.push(at);
                  changed += measured.canvas > 0 ? 1 : 0;
                  measured.canvas = 0;
                  if (times.length > many) { resolve({ times, changed }); return; }
                  move(times.length);
                  requestAnimationFrame(frame);
                };
                measured.canvas = 1;
                requestAnimationFrame(frame);
              }),
              canvas: 0,
            };
            for (const name of ['fill', 'drawImage']) {
              const real = CanvasRenderingContext2D.prototype[name];
              CanvasRenderingContext2D.prototype[name] = function (...args) { measured.canvas++; return real.apply(this, args); };
            }
            addEventListener('keydown', (event) => { measured.pressed = event.timeStamp; }, { capture: true });
            if (location.pathname === '/console/') {
              measured.ready = measured.start();
              localStorage.setItem('koprik-language', 'en');
            }
            """;

    private final Playwright playwright;
    private final BrowserContext context;
    private final Path profile;

    private MeasuredBrowser(Playwright playwright, BrowserContext context, Path profile) {
        this.playwright = playwright;
        this.context = context;
        this.profile = profile;
    }

    /**
     * Starts with an empty profile.
     *
     * @param certificate of the centre
     * @param cookies of a session, or none
     */
    static MeasuredBrowser start(Path certificate, List<Cookie> cookies) throws IOException, GeneralSecurityException {
        Path profile = Files.createTempDirectory("profile");
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        BrowserContext context = playwright
                .chromium()
                .launchPersistentContext(
                        profile,
                        new BrowserType.LaunchPersistentContextOptions()
                                .setExecutablePath(Path.of("/usr/bin/chromium"))
                                .setArgs(List.of(
                                        "--no-sandbox",
                                        "--disable-gpu",
                                        "--disable-quic",
                                        "--disable-background-networking",
                                        "--disable-component-update",
                                        "--ignore-certificate-errors-spki-list=" + keyHash(certificate)))
                                .setViewportSize(1440, 900)
                                .setPermissions(List.of("clipboard-read", "clipboard-write")));
        context.setDefaultTimeout(120_000);
        context.addInitScript(MEASURES);
        context.addCookies(cookies);
        return new MeasuredBrowser(playwright, context, profile);
    }

    private static String keyHash(Path certificate) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(certificate)) {
            X509Certificate first =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(first.getPublicKey().getEncoded());
            return Base64.getEncoder().encodeToString(hash);
        }
    }

    Page page() {
        return context.pages().isEmpty() ? context.newPage() : context.pages().getFirst();
    }

    List<Cookie> cookies() {
        return context.cookies();
    }

    @Override
    public void close() throws IOException {
        context.close();
        playwright.close();
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
