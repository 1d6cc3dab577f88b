package uz.koprik.gateway.console;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;

/**
 * {@code /console/}: the page, its modules, styles and texts. They hold no data of the centre, so everybody gets them;
 * the page shows the sign-in to who is not signed in.
 */
public final class ConsoleRoutes implements Routes {

    private static final String HOME = "/console/";
    private static final String LIBRARIES = HOME + "lib/";
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    /** What runs until the start page is drawn. */
    private static final List<String> AT_START = List.of("main.js", "lookup/lookup.js");

    private final ConsoleFiles files;
    private final Libraries libraries;
    private final StaticFile page;
    private final String policy;

    /** @throws IOException when the program lacks files of the console */
    public ConsoleRoutes() throws IOException {
        files = ConsoleFiles.load();
        libraries = new Libraries();
        String imports = libraries.importMap(LIBRARIES);
        ModuleGraph modules = new ModuleGraph(files, libraries, HOME + files.root() + "/", LIBRARIES);
        String html = new String(files.index(), StandardCharsets.UTF_8)
                .replace("{{root}}", HOME + files.root())
                .replace("{{modules}}", modules.links(AT_START))
                .replace("{{imports}}", imports);
        page = StaticFile.of("index.html", html.getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
        policy = policy(imports);
    }

    /**
     * Content Security Policy: scripts and styles of this origin only, and the import map by its hash. Trusted Types
     * let no text become markup but by the templates of Lit.
     */
    private static String policy(String imports) {
        return "default-src 'none'; script-src 'self' 'sha256-" + sha256(imports)
                + "'; style-src 'self'; img-src 'self'"
                + " data: blob:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none';"
                + " require-trusted-types-for 'script'; trusted-types lit-html";
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/").handler(ConsoleRoutes::redirect);
        router.get("/console").handler(this::index);
        router.get(LIBRARIES + "*")
                .handler(request -> send(request, libraries.find(rest(request, LIBRARIES)), FOR_EVER));
        String root = HOME + files.root() + "/";
        router.get(root + "*").handler(request -> send(request, files.find(rest(request, root)), FOR_EVER));
    }

    private static void redirect(RoutingContext request) {
        request.response()
                .setStatusCode(302)
                .putHeader(HttpHeaders.LOCATION, HOME)
                .end();
    }

    private void index(RoutingContext request) {
        if (!request.request().path().equals(HOME)) {
            redirect(request);
            return;
        }
        request.response()
                .putHeader("Content-Security-Policy", policy)
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
        send(request, Optional.of(page), "no-cache");
    }

    private static String rest(RoutingContext request, String prefix) {
        return request.normalizedPath().substring(prefix.length());
    }

    private static void send(RoutingContext request, Optional<StaticFile> found, String caching) {
        StaticFile file = found.orElseThrow(
                () -> new Problem(404, "Not found", "the console has no such file; load the page anew"));
        String accepted = request.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
        boolean compressed = file.gzip().isPresent() && accepted != null && accepted.contains("gzip");
        HttpServerResponse response = request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, file.mediaType())
                .putHeader(HttpHeaders.CACHE_CONTROL, caching)
                .putHeader(HttpHeaders.VARY, "Accept-Encoding");
        if (compressed) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        response.end(compressed ? file.gzip().get() : file.plain());
    }
}
