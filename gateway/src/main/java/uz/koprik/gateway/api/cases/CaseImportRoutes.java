package uz.koprik.gateway.api.cases;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.accessrecord.AccessNotes;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.BrokenImport;
import uz.koprik.gateway.api.common.ImportFailure;
import uz.koprik.gateway.api.common.LineStream;
import uz.koprik.gateway.api.common.SentenceView;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.cases.CaseImport;
import uz.koprik.gateway.cases.CasePreview;
import uz.koprik.gateway.cases.CaseTables;
import uz.koprik.gateway.cases.MappingText;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.BodyStream;
import uz.koprik.gateway.http.RequestLimits;
import uz.koprik.gateway.http.RequestTracker;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.cases.tables.CaseMapping;
import uz.koprik.indicators.imports.ImportRefused;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.wording.Sentence;

/** {@code /api/cases/import}: case files from a table. The body is read here, so this comes before bodies are read. */
public final class CaseImportRoutes implements Routes {

    private static final Logger LOG = LoggerFactory.getLogger(CaseImportRoutes.class);
    private static final int SHOWN = 20;
    private static final int MOST_SHOWN = 200;

    private final AnalystServices services;

    public CaseImportRoutes(AnalystServices services) {
        this.services = services;
    }

    @Override
    public void mount(RouteTable router) {
        router.post("/api/cases/import", RouteTable.Content.FILE, "mapping", "preview", "file")
                .handler(request -> {
                    Caller caller = Callers.require(request, Right.CASES);
                    int preview = preview(request);
                    request.request().pause();
                    if ("100-continue".equalsIgnoreCase(request.request().getHeader("Expect"))) {
                        request.response().writeContinue();
                    }
                    BodyStream body =
                            BodyStream.of(request.request(), Vertx.currentContext(), RequestLimits.of(request));
                    Blocking.transfer(request, () -> bring(request, caller, preview, body));
                });
    }

    /** How many cases to preview; -1 to import them. */
    private static int preview(RoutingContext request) {
        String text = request.request().getParam("preview");
        if (text == null || text.equals("false")) {
            return -1;
        }
        if (text.isEmpty() || text.equals("true")) {
            return SHOWN;
        }
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > MOST_SHOWN) {
            throw ApiJson.bad("\"preview\" is how many cases to show, at most " + MOST_SHOWN);
        }
        return Integer.parseInt(text);
    }

    /** By name, or as it is; empty for a table whose columns are named as the parts of cases are. */
    private Optional<CaseMapping> mapping(RoutingContext request) throws IOException {
        String given = request.request().getParam("mapping");
        if (given == null) {
            return Optional.empty();
        }
        try {
            if (CaseTables.isName(given)) {
                String text = services.tables()
                        .text(given)
                        .orElseThrow(() -> ApiJson.bad("there is no mapping of this name; see /api/case-mappings"));
                return Optional.of(MappingText.parse(given, text));
            }
            return Optional.of(MappingText.parse("mapping", given));
        } catch (ConfigException e) {
            throw ApiJson.bad(e.getMessage());
        }
    }

    private Runnable bring(RoutingContext request, Caller caller, int preview, BodyStream body)
            throws IOException, StoreUnavailable {
        Optional<CaseMapping> mapping = mapping(request);
        String name = Optional.ofNullable(request.request().getParam("file")).orElse("");
        try (CaseTables.OpenTable table = services.tables().open(body, name, mapping, services.recognition())) {
            if (preview >= 0) {
                CasePreview shown = CasePreview.of(
                        table.rows(),
                        mapping.orElseGet(CaseMapping::plain),
                        services.recognition(),
                        services.cases(),
                        caller,
                        services.clock(),
                        preview);
                Buffer line =
                        Buffer.buffer(ApiJson.bytes(CasePreviewView.of(shown))).appendByte((byte) '\n');
                return () -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, ApiJson.JSON)
                        .end(line);
            }
            return run(request, caller, table);
        } catch (ImportRefused e) {
            throw ApiJson.unreadable(e.sentence());
        }
    }

    private Runnable run(RoutingContext request, Caller caller, CaseTables.OpenTable table) throws IOException {
        long begun = System.nanoTime();
        LineStream lines = new LineStream(request);
        CaseImport bringing = new CaseImport(services.cases(), caller, services.clock());
        Last last = new Last();
        long listed = RequestLimits.of(request).refusalsListed();
        Sentence error = Sentence.NONE;
        ImportFailure code = null;
        try {
            bringing.run(table.rows(), (tally, faults) -> {
                last.tally = tally;
                RequestTracker.progress(request);
                lines.write(faults.stream()
                        .limit(Math.max(0, listed - last.faults))
                        .map(CasePreviewView.FaultView::of)
                        .toList());
                last.faults += faults.size();
                lines.offer(Line.of(tally, null, null, null, Sentence.NONE, null));
            });
        } catch (ImportRefused e) {
            error = e.sentence();
            code = ImportFailure.FILE;
        } catch (StoreUnavailable e) {
            LOG.error("import of cases of {} broken off: the store cannot serve", caller.name(), e);
            error = BrokenImport.STORE_AWAY.of();
            code = ImportFailure.STORE;
        } catch (RuntimeException e) {
            LOG.error("import of cases of {} broken off by an unexpected failure", caller.name(), e);
            error = BrokenImport.WENT_WRONG.of();
            code = ImportFailure.INTERNAL;
        }
        double seconds = Math.round((System.nanoTime() - begun) / 1e6) / 1000.0;
        AccessNotes.of(request).answers(last.tally.created() + last.tally.updated());
        lines.end(Line.of(
                last.tally, last.faults > listed ? last.faults - listed : null, error.isEmpty(), seconds, error, code));
        LOG.info("import of cases of {}: {}", caller.name(), last.tally);
        return () -> {};
    }

    /** What was reported last. */
    private static final class Last {
        private long faults;
        private CaseImport.Tally tally = new CaseImport.Tally(0, 0, 0, 0, 0);
    }

    /**
     * How it goes, and in the end how it went; the schema {@code CaseImportLine}. Of the faults,
     * {@code faultsNotListed} had no line of their own.
     */
    record Line(
            long created,
            long updated,
            long unchanged,
            long refused,
            long cellsLeftOut,
            Long faultsNotListed,
            Boolean done,
            Double seconds,
            String error,
            String errorCode,
            SentenceView errorSentence) {

        static Line of(
                CaseImport.Tally tally,
                Long faultsNotListed,
                Boolean done,
                Double seconds,
                Sentence error,
                ImportFailure code) {
            return new Line(
                    tally.created(),
                    tally.updated(),
                    tally.unchanged(),
                    tally.refused(),
                    tally.leftOut(),
                    faultsNotListed,
                    done,
                    seconds,
                    error.textOrNull(),
                    code == null ? null : code.code(),
                    SentenceView.orNull(error));
        }
    }
}
