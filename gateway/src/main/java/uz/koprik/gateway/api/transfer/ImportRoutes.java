package uz.koprik.gateway.api.transfer;

import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.accessrecord.AccessNotes;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.ImportFailure;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.api.common.LineStream;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.BodyStream;
import uz.koprik.gateway.http.RequestLimits;
import uz.koprik.gateway.http.RequestTracker;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.http.SlowBody;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.indicators.imports.ImportReader;
import uz.koprik.indicators.imports.ImportRefused;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.wording.Sentence;

/**
 * {@code /api/import}: files of any size. The body is read while the answer is written, so this must be mounted where
 * bodies have not been read yet.
 */
public final class ImportRoutes implements Routes {

    private static final Logger LOG = LoggerFactory.getLogger(ImportRoutes.class);

    private static final long PROGRESS_NANOS = 1_000_000_000;

    /** How many values a preview shows when the caller does not say, and at most. */
    private static final int ROWS = 10;

    private static final int MOST_ROWS = 2000;

    private final AnalystServices services;

    public ImportRoutes(AnalystServices services) {
        this.services = services;
    }

    @Override
    public void mount(RouteTable router) {
        router.post(
                        "/api/import",
                        RouteTable.Content.FILE,
                        Stream.concat(Arrays.stream(ImportPlan.PARAMETERS), Stream.of("preview", "rows"))
                                .toArray(String[]::new))
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
                            request,
                            () -> preview ? preview(request, caller, plan, body) : bring(request, caller, plan, body));
                });
    }

    private Runnable preview(RoutingContext request, Caller caller, ImportPlan plan, BodyStream body)
            throws IOException, StoreUnavailable {
        int most = rows(request);
        ImportPreview preview;
        try (ImportReader rows = ImportReader.open(body, plan.options())) {
            preview = new PreviewReader(services, caller, most).read(rows);
        } catch (ImportRefused e) {
            throw ApiJson.unreadable(e.sentence());
        }
        new LineStream(request).end(preview);
        return () -> {};
    }

    private static int rows(RoutingContext request) {
        String text = request.request().getParam("rows");
        if (text == null) {
            return ROWS;
        }
        if (!text.matches("\\d{1,4}") || Integer.parseInt(text) > MOST_ROWS) {
            throw ApiJson.bad("\"rows\" is how many values a preview shows, from 0 to " + MOST_ROWS);
        }
        return Integer.parseInt(text);
    }

    private Runnable bring(RoutingContext request, Caller caller, ImportPlan plan, BodyStream body)
            throws IOException, InterruptedException {
        ImportReader rows;
        try {
            rows = ImportReader.open(body, plan.options(), new StoredNames(services.release(), caller.recipient()));
        } catch (ImportRefused e) {
            throw ApiJson.unreadable(e.sentence());
        }
        LineStream lines = new LineStream(request);
        Follower follower = new Follower(lines, () -> RequestTracker.progress(request), entitled(request, caller));
        ImportTally tally = new ImportTally(RequestLimits.of(request).refusalsListed(), follower);
        follower.tally = tally;
        Importer importer = new Importer(services, caller, plan.defaults(), plan.objectTerms());
        Optional<ImportRun.Broken> broken;
        try {
            lines.write(rows.notes().stream().map(ImportLine.NoteLine::ofFile).toList());
            broken = ImportRun.of(rows, importer, tally, caller);
        } catch (RightsEnded e) {
            LOG.warn("import of {} broken off: {}", caller.name(), e.getMessage());
            return () -> request.response().reset();
        } catch (SlowBody e) {
            lines.end(tally.summary(Sentence.other(e.getMessage()), ImportFailure.SLOW, importer));
            return () -> request.request().connection().close();
        }
        AccessNotes.of(request).answers(tally.accepted());
        lines.end(tally.summary(
                broken.map(ImportRun.Broken::error).orElse(Sentence.NONE),
                broken.map(ImportRun.Broken::code).orElse(null),
                importer));
        return () -> {};
    }

    /** Partners come by certificate, of which each request is a new one. */
    private BooleanSupplier entitled(RoutingContext request, Caller caller) {
        Supplier<Optional<Caller>> still = services.accounts().of(request);
        return () -> caller.source() instanceof Source.Partner
                || still.get().filter(now -> now.may(Right.WRITE)).isPresent();
    }

    /** Writes lines, and reports about once a second. */
    private static final class Follower implements ImportTally.Follower {

        private final LineStream lines;
        private final Runnable alive;
        private final BooleanSupplier entitled;
        private ImportTally tally;
        private long told = System.nanoTime();

        Follower(LineStream lines, Runnable alive, BooleanSupplier entitled) {
            this.entitled = entitled;
            this.lines = lines;
            this.alive = alive;
        }

        @Override
        public void batch(List<ImportLine.RefusalLine> refused, List<ImportLine.NoteLine> notes, List<Outcome> stored)
                throws IOException {
            alive.run();
            lines.write(refused);
            lines.write(notes);
            long now = System.nanoTime();
            if (now - told >= PROGRESS_NANOS) {
                told = now;
                lines.offer(tally.progress());
            }
            if (!entitled.getAsBoolean()) {
                throw new RightsEnded();
            }
        }
    }
}
