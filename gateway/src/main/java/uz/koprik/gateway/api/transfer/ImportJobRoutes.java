package uz.koprik.gateway.api.transfer;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.cases.CaseTables;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.BodyStream;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RequestLimits;
import uz.koprik.gateway.http.RequestTracker;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * {@code /api/imports}: imports that go on by themselves once the file has been sent. Mounted where bodies have not
 * been read yet.
 */
public final class ImportJobRoutes implements Routes {

    /** An upload leaves this room on the disk: with less, intake is about to stop. */
    private static final long ROOM = 256L << 20;

    /** How many bytes are written between two looks at the room that is left. */
    private static final long LOOK = 16L << 20;

    private static final Duration RETRY = Duration.ofMinutes(1);

    private static final int LONGEST_NAME = 200;

    private final AnalystServices services;
    private final ImportJobs jobs;

    public ImportJobRoutes(AnalystServices services, ImportJobs jobs) {
        this.services = services;
        this.jobs = jobs;
    }

    @Override
    public void mount(RouteTable router) {
        router.post("/api/imports", RouteTable.Content.FILE, ImportPlan.PARAMETERS)
                .handler(request -> {
                    Caller caller = Callers.require(request, Right.WRITE);
                    if (!(caller.source() instanceof Source.Account)) {
                        throw new Problem(403, "Not allowed", "imports that go on are for accounts of this centre");
                    }
                    ImportPlan plan = ImportPlan.of(request, services);
                    request.request().pause();
                    if ("100-continue".equalsIgnoreCase(request.request().getHeader("Expect"))) {
                        request.response().writeContinue();
                    }
                    BodyStream body =
                            BodyStream.of(request.request(), Vertx.currentContext(), RequestLimits.of(request));
                    Blocking.transfer(request, () -> take(request, caller, plan, body));
                });
        router.get("/api/imports").handler(Blocking.handler(this::all));
        router.get("/api/imports/:id").handler(Blocking.handler(this::one));
        router.delete("/api/imports/:id").handler(Blocking.handler(this::cancel));
    }

    /** The schema {@code ImportJobs}. */
    record Answer(List<ImportJob> imports) {}

    private Runnable take(RoutingContext request, Caller caller, ImportPlan plan, BodyStream body)
            throws IOException, StoreUnavailable {
        jobs.checkRoom(caller.name());
        Path folder = services.tables().newFolder("import-");
        boolean taken = false;
        try {
            LiveImport.Work work = new LiveImport.Work(
                    caller,
                    plan,
                    folder,
                    RequestLimits.of(request).refusalsListed(),
                    services.accounts().entitled(caller, Right.WRITE));
            long bytes = copy(request, body, work.file());
            ImportJob job = jobs.submit(work, name(request), bytes);
            taken = true;
            byte[] answer = ApiJson.bytes(job.shown());
            return () -> request.response()
                    .setStatusCode(202)
                    .putHeader(HttpHeaders.LOCATION, "/api/imports/" + job.id())
                    .putHeader(HttpHeaders.CONTENT_TYPE, ApiJson.JSON)
                    .end(Buffer.buffer(answer));
        } finally {
            if (!taken) {
                CaseTables.throwAway(folder);
            }
        }
    }

    private static String name(RoutingContext request) {
        String name = Optional.ofNullable(request.request().getParam("file")).orElse("");
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        return last.substring(0, Math.min(last.length(), LONGEST_NAME));
    }

    private static long copy(RoutingContext request, InputStream body, Path file) throws IOException {
        long all = 0;
        try (OutputStream out = Channels.newOutputStream(
                PrivateFiles.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            byte[] buffer = new byte[64 << 10];
            long look = 0;
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                if (all >= look) {
                    checkDisk(file.getParent());
                    RequestTracker.progress(request);
                    look = all + LOOK;
                }
                all += n;
                if (all > CaseTables.MAX_BYTES) {
                    throw new Problem(
                            413,
                            "Too large",
                            "the file has more than " + CaseTables.MAX_BYTES
                                    + " bytes, the most that is kept while it is imported; split it, or send it to"
                                    + " /api/import, which keeps nothing and takes files of any size");
                }
                out.write(buffer, 0, n);
            }
        }
        if (all == 0) {
            throw ApiJson.bad("the body is empty: send the file that is to be imported");
        }
        return all;
    }

    private static void checkDisk(Path folder) throws IOException {
        if (Files.getFileStore(folder).getUsableSpace() < ROOM + LOOK) {
            throw Problem.later(
                    507,
                    "No space left",
                    "the disk of the centre is almost full, so that the file was not kept; ask its operators to make"
                            + " room, and try again",
                    RETRY);
        }
    }

    private Runnable all(RoutingContext request) throws StoreUnavailable {
        return ApiJson.reply(
                request,
                200,
                new Answer(
                        jobs.all(whose(request)).stream().map(ImportJob::listed).toList()));
    }

    private Runnable one(RoutingContext request) throws StoreUnavailable {
        ImportJob job = jobs.find(whose(request), request.pathParam("id")).orElseThrow(ImportJobRoutes::none);
        return ApiJson.reply(request, 200, job.shown());
    }

    private Runnable cancel(RoutingContext request) throws StoreUnavailable {
        ImportJob job = jobs.cancel(whose(request), request.pathParam("id")).orElseThrow(ImportJobRoutes::none);
        return ApiJson.reply(request, 200, job.shown());
    }

    /** Whose imports the caller may see: its own, and of those who operate the centre everybody's. */
    private static Optional<String> whose(RoutingContext request) {
        Caller caller = Callers.of(request);
        if (caller.may(Right.OPERATE)) {
            return Optional.empty();
        }
        return Optional.of(Callers.require(request, Right.WRITE).name());
    }

    private static Problem none() {
        return new Problem(
                404, "Not found", "there is no such import, or it is somebody else's; GET /api/imports names yours");
    }
}
