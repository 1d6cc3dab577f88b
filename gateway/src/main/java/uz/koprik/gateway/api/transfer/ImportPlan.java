package uz.koprik.gateway.api.transfer;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.api.common.ReleaseWish;
import uz.koprik.gateway.api.common.TlpParam;
import uz.koprik.indicators.imports.Columns;
import uz.koprik.indicators.imports.ImportFormat;
import uz.koprik.indicators.imports.ImportOptions;
import uz.koprik.indicators.imports.ImportRefused;
import uz.koprik.indicators.imports.layout.CellForms;
import uz.koprik.indicators.imports.layout.ColumnRole;
import uz.koprik.indicators.imports.layout.FeedLayout;
import uz.koprik.indicators.imports.layout.TypeWords;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.rules.ForgivableRule;
import uz.koprik.indicators.stix.values.StixTimestamp;

/** What the query of an import says. */
record ImportPlan(ImportOptions options, Importer.Defaults defaults, Importer.ObjectTerms objectTerms) {

    /**
     * The query parameters of an import; the role of a column is there once for each column, {@code without} once for
     * each value that is left out.
     */
    static final String[] PARAMETERS = {
        "format",
        "file",
        "columns",
        "name",
        "description",
        "tlp",
        "labels",
        "from_stix20",
        "forgive",
        "anyway",
        "column*",
        "confidence",
        "valid_until",
        "encoding",
        "feed",
        "doubtful",
        "without*",
        "to",
        "group",
        "embargo"
    };

    static ImportPlan of(RoutingContext request, AnalystServices services) {
        HttpServerRequest http = request.request();
        try {
            ImportOptions options = options(http, services);
            Tlp tlp = http.getParam("tlp") == null ? services.unmarked() : TlpParam.parse(http.getParam("tlp"));
            if (http.getParam("tlp") != null) {
                options = options.withTlp(tlp);
            }
            List<String> labels = Stream.ofNullable(http.getParam("labels"))
                    .flatMap(text -> Arrays.stream(text.split(",")))
                    .map(String::strip)
                    .filter(label -> !label.isEmpty())
                    .toList();
            Importer.Defaults defaults = new Importer.Defaults(
                    Optional.ofNullable(http.getParam("name")).orElse(""),
                    Optional.ofNullable(http.getParam("description")).orElse(""),
                    tlp,
                    labels,
                    validUntil(http),
                    confidence(http),
                    JsonBodies.flag(request, "anyway", false),
                    JsonBodies.flag(request, "doubtful", false),
                    Set.copyOf(http.params().getAll("without")));
            return new ImportPlan(options, defaults, objectTerms(http, ReleaseWish.of(request, services)));
        } catch (ImportRefused e) {
            throw ApiJson.bad(e.sentence());
        }
    }

    private static ImportOptions options(HttpServerRequest http, AnalystServices services) throws ImportRefused {
        ImportOptions options = ImportOptions.of(
                        Optional.ofNullable(http.getParam("file")).orElse(""))
                .withRecognition(services.recognition())
                .withHints(new ImportOptions.Hints(
                        named(http),
                        Optional.ofNullable(http.getParam("encoding")).orElse(""),
                        feed(http)));
        String format = http.getParam("format");
        if (format != null && !format.equals("stix")) {
            options = options.withFormat(format(format));
        }
        String columns = http.getParam("columns");
        return columns == null ? options : options.withColumns(Columns.parse(columns));
    }

    /** Roles of columns by name: {@code column=value=Wert}, once for each. */
    private static Map<String, ColumnRole> named(HttpServerRequest http) throws ImportRefused {
        Map<String, ColumnRole> named = new HashMap<>();
        for (String one : http.params().getAll("column")) {
            int equals = one.indexOf('=');
            String name = equals < 0 ? "" : TypeWords.bare(one.substring(equals + 1));
            if (name.isEmpty()) {
                throw ApiJson.bad("\"column\" has a role and the name of a column, such as value=Wert");
            }
            named.put(name, Columns.role(one.substring(0, equals)));
        }
        return named;
    }

    private static Optional<FeedLayout> feed(HttpServerRequest http) {
        String name = http.getParam("feed");
        if (name == null) {
            return Optional.empty();
        }
        return Optional.of(FeedLayout.named(name)
                .orElseThrow(() -> ApiJson.bad("no feed of this name is known; use " + FeedLayout.names())));
    }

    private static Optional<Long> validUntil(HttpServerRequest http) {
        String text = http.getParam("valid_until");
        if (text == null) {
            return Optional.empty();
        }
        long micros = CellForms.time(text);
        if (micros == StixTimestamp.INVALID) {
            throw ApiJson.bad("\"valid_until\" is a day such as 2027-01-31, or a time such as 2027-01-31T08:30:00Z");
        }
        return Optional.of(micros);
    }

    private static Optional<Integer> confidence(HttpServerRequest http) {
        String text = http.getParam("confidence");
        if (text == null) {
            return Optional.empty();
        }
        int confidence = CellForms.confidence(text);
        if (confidence < 0) {
            throw ApiJson.bad("\"confidence\" is a whole number from 0 to 100");
        }
        return Optional.of(confidence);
    }

    private static Importer.ObjectTerms objectTerms(HttpServerRequest http, Optional<ReleaseWish> wish) {
        String convert = http.getParam("from_stix20");
        if (convert != null && !convert.equals("true") && !convert.equals("false")) {
            throw ApiJson.bad("\"from_stix20\" is true or false");
        }
        try {
            return new Importer.ObjectTerms(
                    "true".equals(convert),
                    ForgivableRule.list(
                            Optional.ofNullable(http.getParam("forgive")).orElse("")),
                    wish);
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
            case "xlsx" -> ImportFormat.XLSX;
            case "json" -> ImportFormat.RECORDS;
            case "jsonl" -> ImportFormat.JSON_LINES;
            default ->
                throw ApiJson.bad(
                        "\"format\" is csv, tsv, list, xlsx, json, jsonl, misp or stix; leave it out to have it"
                                + " found out");
        };
    }
}
