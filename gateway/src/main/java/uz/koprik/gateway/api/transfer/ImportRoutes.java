package uz.koprik.gateway.api.transfer;

import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.ImportFailure;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.api.common.LineStream;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.BodyStream;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RequestLimits;
import uz.koprik.gateway.http.RequestTracker;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.http.SlowBody;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.indicators.imports.ImportReader;
import uz.koprik.indicators.imports.ImportRefused;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * {@code /api/import}: files of any size. The body is read while the answer is written, so this must be mounted where
 * bodies have not been read yet.
 */
public final class ImportRoutes implements Routes {

    private static final Logger LOG = LoggerFactory.getLogger(ImportRoutes.class);
    private static final long PROGRESS_NANOS = 1_000_000_000;

    private final AnalystServices services;

    public ImportRoutes(AnalystServices services) {
        this.services = services;
    }

    @Override
    public void mount(RouteTable router) {
        router.post(
                        "/api/import",
                        RouteTable.Content.FILE,
                        "format",
                        "file",
                        "columns",
                        "name",
                        "tlp",
                        "labels",
                        "from_stix20",
                        "forgive",
                        "anyway",
                        "column",
                        "confidence",
                        "valid_until",
                        "encoding",
                        "feed",
                        "doubtful",
                        "preview")
                .handler(request -> {
                    Caller caller = Callers.require(request, Right.WRITE);
                    ImportPlan plan = ImportPlan.of(request, services);
                    request.request().pause();
                    if ("100-continue".equalsIgnoreCase(request.request().getHeader("Expect"))) {
                        request.response().writeContinue();
                    }
                    BodyStream body =
                            BodyStream.of(request.request(), Vertx.currentContext(), RequestLimits.of(request));
                    boolean preview = JsonBodies.flag(request, "preview", false);
                    Blocking.transfer(
                            request, () -> preview ? preview(request, plan, body) : bring(request, caller, plan, body));
                });
    }

    private Runnable preview(RoutingContext request, ImportPlan plan, BodyStream body) throws IOException {
        ImportPreview preview;
        try (ImportReader rows = ImportReader.open(body, plan.options())) {
            preview = ImportPreview.of(rows);
        } catch (ImportRefused e) {
            throw ApiJson.bad(e.getMessage());
        }
        new LineStream(request.response()).end(preview);
        return () -> {};
    }

    private Runnable bring(RoutingContext request, Caller caller, ImportPlan plan, BodyStream body)
            throws IOException, InterruptedException {
        ImportReader rows;
        try {
            rows = ImportReader.open(body, plan.options(), new StoredNames(services.release(), caller.recipient()));
        } catch (ImportRefused e) {
            throw new Problem(400, ImportFailure.UNREADABLE, e.getMessage());
        }
        LineStream lines = new LineStream(request.response());
        Tally tally =
                new Tally(lines, RequestLimits.of(request).refusalsListed(), () -> RequestTracker.progress(request));
        Importer importer = new Importer(services, caller, plan.defaults(), plan.objectTerms());
        String error = null;
        ImportFailure code = null;
        try (rows) {
            lines.write(rows.notes().stream().map(ImportLine.NoteLine::ofFile).toList());
            importer.run(rows, tally);
        } catch (ImportRefused e) {
            error = e.getMessage();
            code = ImportFailure.FILE;
        } catch (SlowBody e) {
            lines.end(tally.summary(e.getMessage(), ImportFailure.SLOW, importer));
            return () -> request.request().connection().close();
        } catch (StoreUnavailable e) {
            LOG.error("import of {} broken off: the store cannot serve", caller.name(), e);
            error = "the store cannot serve now; repeat the import later";
            code = ImportFailure.STORE;
        } catch (RuntimeException e) {
            LOG.error("import of {} broken off by an unexpected failure", caller.name(), e);
            error = "something went wrong here; send the request id to the operators";
            code = ImportFailure.INTERNAL;
        }
        lines.end(tally.summary(error, code, importer));
        LOG.info(
                "import of {}: {} accepted, {} unchanged, {} refused",
                caller.name(),
                tally.accepted,
                tally.unchanged,
                tally.refused);
        return () -> {};
    }

    /** Counts, and reports about once a second. */
    private static final class Tally implements Importer.Sink {

        private final LineStream lines;
        private final long listed;
        private final Runnable alive;
        private final long begun = System.nanoTime();
        private long told = begun;
        private long accepted;
        private long unchanged;
        private long refused;
        private long noted;

        /** @param listed how many refused rows get a line, and how many notes */
        Tally(LineStream lines, int listed, Runnable alive) {
            this.lines = lines;
            this.listed = listed;
            this.alive = alive;
        }

        @Override
        public void batch(int fresh, int known, List<Outcome> bad, List<ImportLine.NoteLine> notes) throws IOException {
            accepted += fresh;
            unchanged += known;
            refused += bad.size();
            noted += notes.size();
            alive.run();
            int room = (int) Math.min(bad.size(), listed - Math.min(listed, refused - bad.size()));
            lines.write(bad.stream().limit(room).map(ImportLine.RefusalLine::of).toList());
            lines.write(notes.stream()
                    .limit(listed - Math.min(listed, noted - notes.size()))
                    .toList());
            long now = System.nanoTime();
            if (now - told >= PROGRESS_NANOS) {
                told = now;
                lines.offer(new ImportLine.Progress(accepted, unchanged, refused, rate(now)));
            }
        }

        /** @param error why it was broken off; null, as {@code code}, when it was not */
        ImportLine.Summary summary(String error, ImportFailure code, Importer importer) {
            Map<String, Long> kinds = importer.kinds();
            Map<String, Long> remarks = importer.remarks();
            long now = System.nanoTime();
            double seconds = Math.round((now - begun) / 1e6) / 1000.0;
            return new ImportLine.Summary(
                    accepted,
                    unchanged,
                    refused,
                    refused > listed ? refused - listed : null,
                    noted,
                    rate(now),
                    error == null,
                    seconds,
                    kinds.isEmpty() ? null : kinds,
                    remarks.isEmpty() ? null : remarks,
                    error,
                    code == null ? null : code.code());
        }

        private long rate(long now) {
            return Math.round((accepted + unchanged + refused) / Math.max((now - begun) / 1e9, 1e-3));
        }
    }
}
