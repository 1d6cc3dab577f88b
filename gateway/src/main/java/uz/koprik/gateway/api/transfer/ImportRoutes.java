package uz.koprik.gateway.api.transfer;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.ImportFailure;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.api.common.LineStream;
import uz.koprik.gateway.api.common.TlpParam;
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
import uz.koprik.indicators.imports.Columns;
import uz.koprik.indicators.imports.ImportFormat;
import uz.koprik.indicators.imports.ImportOptions;
import uz.koprik.indicators.imports.ImportReader;
import uz.koprik.indicators.imports.ImportRefused;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.rules.ForgivableRule;
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
                        "anyway")
                .handler(request -> {
                    Caller caller = Callers.require(request, Right.WRITE);
                    Plan plan = plan(request);
                    request.request().pause();
                    if ("100-continue".equalsIgnoreCase(request.request().getHeader("Expect"))) {
                        request.response().writeContinue();
                    }
                    BodyStream body =
                            BodyStream.of(request.request(), Vertx.currentContext(), RequestLimits.of(request));
                    Blocking.transfer(request, () -> bring(request, caller, plan, body));
                });
    }

    /** What the query says. */
    private record Plan(ImportOptions options, Importer.Defaults defaults, Importer.ObjectTerms objectTerms) {}

    private Plan plan(RoutingContext request) {
        HttpServerRequest http = request.request();
        ImportOptions options = ImportOptions.of(
                        Optional.ofNullable(http.getParam("file")).orElse(""))
                .withRecognition(services.recognition());
        String format = http.getParam("format");
        if (format != null && !format.equals("stix")) {
            options = options.withFormat(format(format));
        }
        String columns = http.getParam("columns");
        if (columns != null) {
            try {
                options = options.withColumns(Columns.parse(columns));
            } catch (ImportRefused e) {
                throw ApiJson.bad(e.getMessage());
            }
        }
        String name = Optional.ofNullable(http.getParam("name")).orElse("");
        Tlp tlp = http.getParam("tlp") == null ? services.unmarked() : TlpParam.parse(http.getParam("tlp"));
        if (http.getParam("tlp") != null) {
            options = options.withTlp(tlp);
        }
        List<String> labels = Stream.ofNullable(http.getParam("labels"))
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(label -> !label.isEmpty())
                .toList();
        Importer.Defaults defaults =
                new Importer.Defaults(name, tlp, labels, JsonBodies.flag(request, "anyway", false));
        return new Plan(options, defaults, objectTerms(http));
    }

    private static Importer.ObjectTerms objectTerms(HttpServerRequest http) {
        String convert = http.getParam("from_stix20");
        if (convert != null && !convert.equals("true") && !convert.equals("false")) {
            throw ApiJson.bad("\"from_stix20\" is true or false");
        }
        try {
            return new Importer.ObjectTerms(
                    "true".equals(convert),
                    ForgivableRule.list(
                            Optional.ofNullable(http.getParam("forgive")).orElse("")));
        } catch (IllegalArgumentException unknown) {
            throw ApiJson.bad("\"forgive\": " + unknown.getMessage());
        }
    }

    private static ImportFormat format(String name) {
        return switch (name) {
            case "csv" -> ImportFormat.CSV;
            case "tsv" -> ImportFormat.TSV;
            case "list" -> ImportFormat.LIST;
            case "misp" -> ImportFormat.MISP;
            default ->
                throw ApiJson.bad("\"format\" is csv, tsv, list, misp or stix; leave it out to have it found out");
        };
    }

    private Runnable bring(RoutingContext request, Caller caller, Plan plan, BodyStream body)
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
        String error = null;
        ImportFailure code = null;
        try (rows) {
            new Importer(services, caller, plan.defaults(), plan.objectTerms()).run(rows, tally);
        } catch (ImportRefused e) {
            error = e.getMessage();
            code = ImportFailure.FILE;
        } catch (SlowBody e) {
            lines.end(tally.summary(e.getMessage(), ImportFailure.SLOW));
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
        lines.end(tally.summary(error, code));
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
        ImportLine.Summary summary(String error, ImportFailure code) {
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
                    error,
                    code == null ? null : code.code());
        }

        private long rate(long now) {
            return Math.round((accepted + unchanged + refused) / Math.max((now - begun) / 1e9, 1e-3));
        }
    }
}
