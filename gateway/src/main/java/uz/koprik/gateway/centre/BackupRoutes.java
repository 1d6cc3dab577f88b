package uz.koprik.gateway.centre;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Supplier;
import uz.koprik.crypto.FullDisk;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.ClientAddress;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.store.StoreStatus;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * {@code POST /api/backup}: a backup into a folder of the centre's own machine, while it runs. Only from that machine:
 * nobody elsewhere has business naming its folders.
 */
final class BackupRoutes implements Routes {

    private final Home home;
    private final Config config;
    private final Writer writer;
    private final Supplier<StoreStatus> store;

    /** Writes a backup into an empty or new folder. */
    interface Writer {
        void write(Path directory) throws IOException, StoreUnavailable;
    }

    BackupRoutes(Home home, Config config, Writer writer, Supplier<StoreStatus> store) {
        this.home = home;
        this.config = config;
        this.writer = writer;
        this.store = store;
    }

    @Override
    public void mount(RouteTable router) {
        router.post("/api/backup").handler(Blocking.handler(request -> {
            Callers.require(request, Right.OPERATE);
            if (!InetAddress.ofLiteral(ClientAddress.of(request)).isLoopbackAddress()) {
                throw new Problem(403, "Not allowed", "backups are asked for on the centre's own machine");
            }
            Path directory = allowed(directory(request));
            write(directory);
            return () -> request.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(CanonicalJson.text(JsonObject.builder()
                            .put("directory", directory.toString())
                            .put("entries", store.get().entries())
                            .build()));
        }));
    }

    private Path allowed(Path directory) {
        try {
            return BackupFolders.require(home, config, directory);
        } catch (IOException elsewhere) {
            throw new Problem(403, "Not allowed", elsewhere.getMessage());
        }
    }

    private void write(Path directory) throws StoreUnavailable {
        try {
            writer.write(directory);
        } catch (IOException failed) {
            if (FullDisk.caused(failed)) {
                throw new Problem(
                        507,
                        "No space left",
                        "the disk is full, so that nothing was written to " + directory
                                + "; make room there, and repeat the command");
            }
            throw new Problem(409, "Backup failed", failed.getMessage());
        }
    }

    private static Path directory(RoutingContext request) {
        try {
            Path directory =
                    Path.of(StrictJson.parseObject(request.body().buffer().getBytes())
                            .string("directory")
                            .orElseThrow(() -> new Problem(
                                    400, "Bad request", "the body must be {\"directory\":\"/absolute/path\"}")));
            if (directory.isAbsolute()) {
                return directory;
            }
        } catch (MalformedJson malformed) {
            throw new Problem(400, "Bad request", "the body is not JSON: " + malformed.reason());
        } catch (InvalidPathException noPath) {
            throw new Problem(400, "Bad request", "\"directory\" is not a path");
        }
        throw new Problem(400, "Bad request", "\"directory\" must be an absolute path");
    }
}
