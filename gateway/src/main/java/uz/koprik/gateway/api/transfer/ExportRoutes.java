package uz.koprik.gateway.api.transfer;

import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.OutputStream;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.gateway.accessrecord.AccessNotes;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.api.common.ResponseBody;
import uz.koprik.gateway.api.common.Times;
import uz.koprik.gateway.api.common.TlpParam;
import uz.koprik.gateway.api.search.SearchQueryBuilder;
import uz.koprik.gateway.api.search.SearchQueryParser;
import uz.koprik.gateway.api.search.TypeNames;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RequestTracker;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.partners.LostProof;
import uz.koprik.gateway.release.PageFilter;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.Search;
import uz.koprik.indicators.store.SearchQuery;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;
import uz.koprik.indicators.store.Versions;
import uz.koprik.indicators.translate.export.ExportCounts;
import uz.koprik.indicators.translate.export.ExportFormat;
import uz.koprik.indicators.translate.export.ExportOptions;
import uz.koprik.indicators.translate.export.ExportWriter;

/**
 * {@code /api/export}: what the caller may see, for other machines. Written page by page as the caller reads, so that
 * an export of any size takes the memory of a page; what is broken off ends without the end of its last chunk.
 */
public final class ExportRoutes implements Routes {

    private static final Logger LOG = LoggerFactory.getLogger(ExportRoutes.class);
    private static final int PAGE = 500;
    private static final int MAX_QUESTION = 4096;

    private static final Set<String> INDICATORS = Set.of("indicator");

    private final AnalystServices services;
    private final SearchQueryBuilder question;

    public ExportRoutes(AnalystServices services) {
        this.services = services;
        this.question = new SearchQueryBuilder(services);
    }

    @Override
    public void mount(RouteTable router) {
        router.get(
                        "/api/export",
                        "saved",
                        "format",
                        "type",
                        "kind",
                        "tlp",
                        "added_after",
                        "q",
                        "state",
                        "hash_lists",
                        "dry_run",
                        "anyway")
                .handler(request -> Blocking.transfer(request, () -> export(request)));
    }

    /**
     * What the query asks for.
     *
     * @param referenced what the observed data of the page at hand refers to, by id
     */
    private record ExportRequest(
            ExportFormat format,
            ExportOptions options,
            Set<String> types,
            Tlp limit,
            long addedAfter,
            Optional<SearchQueryParser> box,
            Map<String, JsonObject> referenced) {

        ExportSummary summary() {
            return ExportSummary.of(format, limit, options);
        }
    }

    private Runnable export(RoutingContext request) throws StoreUnavailable, IOException {
        Caller caller = Callers.require(request, Right.ANALYSE);
        ExportRequest wanted = wanted(request, caller);
        wanted.box()
                .ifPresent(box -> AccessNotes.of(request).values(box.values().keySet()));
        if (JsonBodies.flag(request, "dry_run", false)) {
            ExportWriter counting = wanted.format().writer(OutputStream.nullOutputStream(), wanted.options());
            write(request, caller, wanted, counting);
            counting.finish();
            return ApiJson.reply(request, 200, wanted.summary());
        }
        ResponseBody body = new ResponseBody(request, wanted.format().mediaType());
        ExportWriter writer = wanted.format().writer(body, wanted.options());
        try {
            long count = write(request, caller, wanted, writer);
            writer.finish();
            AccessNotes.of(request).answers(count);
            body.end(ExportSummary.TRAILER, wanted.summary().line());
            LOG.info(
                    "export for {}: {} objects as {}",
                    caller.name(),
                    count,
                    wanted.format().code());
        } catch (RightsEnded e) {
            LOG.warn("export for {} broken off: {}", caller.name(), e.getMessage());
            return () -> request.response().reset();
        } catch (StoreUnavailable | RuntimeException e) {
            if (!body.begun()) {
                throw e;
            }
            // Too late for a status: without its last chunk no client takes the answer for whole.
            LOG.error("export for {} broken off", caller.name(), e);
            return () -> request.response().reset();
        }
        return () -> {};
    }

    private long write(RoutingContext request, Caller caller, ExportRequest wanted, ExportWriter writer)
            throws StoreUnavailable, IOException {
        return wanted.box().isPresent()
                ? searched(request, caller, wanted, writer)
                : paged(request, caller, wanted, writer);
    }

    /** In the order of the sequence: what changes meanwhile moves to the end and is not missed. */
    private long paged(RoutingContext request, Caller caller, ExportRequest wanted, ExportWriter writer)
            throws StoreUnavailable, IOException {
        Supplier<Optional<Caller>> still = services.accounts().of(request);
        PageFilter filter =
                new PageFilter(types(Set.of(), wanted.types()), Set.of(), Set.of(), Versions.LAST, wanted.addedAfter());
        long count = 0;
        long after = 0;
        while (true) {
            Page page = services.release().page(caller.recipient(), filter, after, PAGE);
            count += write(caller, page.entries(), wanted, writer);
            RequestTracker.progress(request);
            if (!page.more()) {
                return count;
            }
            check(still, caller);
            after = page.nextAfter();
        }
    }

    private long searched(RoutingContext request, Caller caller, ExportRequest wanted, ExportWriter writer)
            throws StoreUnavailable, IOException {
        Optional<Long> from = wanted.addedAfter() == 0 ? Optional.empty() : Optional.of(wanted.addedAfter() + 1);
        SearchQueryBuilder.SearchAnswer page = question.ask(caller, wanted.box().orElseThrow(), query -> query.with()
                .types(types(query.types(), wanted.types()))
                .addedNotBefore(from)
                .facets(Set.of())
                .limit(PAGE)
                .build());
        SearchQuery query = page.query();
        Search.Result result = page.result();
        Supplier<Optional<Caller>> still = services.accounts().of(request);
        long count = 0;
        while (true) {
            count += write(caller, result.entries(), wanted, writer);
            RequestTracker.progress(request);
            if (!result.more() || result.entries().isEmpty()) {
                return count;
            }
            check(still, caller);
            Optional<Long> before = Optional.of(result.entries().getLast().seq());
            result = services.release()
                    .search(caller.recipient(), query.with().before(before).build());
        }
    }

    /** An export can last for hours, and an account can end or be given less meanwhile. */
    private static void check(Supplier<Optional<Caller>> still, Caller begun) throws RightsEnded {
        if (still.get()
                .filter(now -> now.may(Right.ANALYSE) && now.recipient().equals(begun.recipient()))
                .isEmpty()) {
            throw new RightsEnded();
        }
    }

    /** The types of the question, of the parameter, or of both; indicators when neither says any. */
    private static Set<String> types(Set<String> asked, Set<String> parameter) {
        if (asked.isEmpty() || parameter.isEmpty()) {
            return !asked.isEmpty() ? asked : parameter.isEmpty() ? INDICATORS : parameter;
        }
        Set<String> both = asked.stream().filter(parameter::contains).collect(Collectors.toUnmodifiableSet());
        if (both.isEmpty()) {
            throw ApiJson.bad("\"type\" and type: in \"q\" have nothing in common");
        }
        return both;
    }

    private long write(Caller caller, List<Entry> entries, ExportRequest wanted, ExportWriter writer)
            throws StoreUnavailable, IOException {
        long count = 0;
        wanted.referenced().clear();
        ExportCounts counts = wanted.options().counts();
        for (Entry entry : entries) {
            counts.examined();
            if (!wanted.options().everything() && entry.facts().revoked()) {
                counts.omitted(ExportCounts.Omission.REVOKED);
            } else if (LostProof.of(services.trust(), entry).isPresent()) {
                counts.omitted(ExportCounts.Omission.UNPROVEN);
            } else if (entry.release().tlp().compareTo(wanted.limit()) > 0) {
                counts.omitted(ExportCounts.Omission.STRICTER_TLP);
            } else {
                StixObject object = StoredObject.stix(entry);
                if (object.type().equals("observed-data") && !wanted.options().anyway()) {
                    fetch(caller, object, wanted.referenced());
                }
                writer.write(object, entry.release().tlp());
                count++;
            }
        }
        return count;
    }

    /** Fetches the observables of observed data, as far as the caller may see them. */
    private void fetch(Caller caller, StixObject observedData, Map<String, JsonObject> referenced)
            throws StoreUnavailable {
        for (Json ref : observedData.json().items("object_refs")) {
            if (ref instanceof JsonString id && !referenced.containsKey(id.value())) {
                services.release()
                        .latest(caller.recipient(), id.value())
                        .filter(entry -> LostProof.of(services.trust(), entry).isEmpty())
                        .ifPresent(entry -> referenced.put(
                                id.value(), StoredObject.stix(entry).json()));
            }
        }
    }

    private ExportRequest wanted(RoutingContext request, Caller caller) throws StoreUnavailable {
        String code = parameter(request, "format");
        ExportFormat format = ExportFormat.ofCode(code)
                .orElseThrow(() ->
                        ApiJson.bad((code.isEmpty() ? "\"format\" is missing: use one of " : "\"format\" is one of ")
                                + ExportFormat.codes()));
        Set<ObservableKind> kinds = words(request, "kind")
                .map(word -> ObservableKind.ofCode(word)
                        .orElseThrow(() -> ApiJson.bad("\"kind\" has a word that is no kind of observable; such are "
                                + Arrays.stream(ObservableKind.values())
                                        .map(ObservableKind::code)
                                        .collect(Collectors.joining(", ")))))
                .collect(Collectors.toUnmodifiableSet());
        Set<String> types = words(request, "type").collect(Collectors.toUnmodifiableSet());
        Optional<String> unknown = TypeNames.objection(services.release(), caller.recipient(), types);
        if (unknown.isPresent()) {
            throw ApiJson.bad("\"type\": " + unknown.get());
        }
        String state = parameter(request, "state");
        if (!state.isEmpty() && !state.equals("live") && !state.equals("all")) {
            throw ApiJson.bad("\"state\" is live or all");
        }
        if (state.equals("all") && format.blocks()) {
            throw ApiJson.bad(format.inForceOnly() + "; leave \"state\" out");
        }
        String tlp = parameter(request, "tlp");
        Tlp limit = tlp.isEmpty() ? ExportOptions.SAFE_LIMIT : TlpParam.parse(tlp);
        String text = question.text(request, caller, MAX_QUESTION);
        if (!text.isBlank()) {
            AccessNotes.of(request).asked("q", text);
        }
        Optional<SearchQueryParser> box =
                text.isBlank() ? Optional.empty() : Optional.of(SearchQueryParser.read(text, services.recognition()));
        Map<String, JsonObject> referenced = new HashMap<>();
        boolean anyway = JsonBodies.flag(request, "anyway", false);
        if (anyway && format.blocks()) {
            throw ApiJson.bad("the format " + format.code()
                    + " blocks what is in it, so it never has values that are never blocked; leave \"anyway\" out");
        }
        ExportOptions options = new ExportOptions(
                kinds,
                services.clock().instant(),
                state.equals("all"),
                JsonBodies.flag(request, "hash_lists", false),
                one -> {},
                services.protectedValues(),
                new ExportCounts(),
                tlp.isEmpty() ? Optional.of(limit) : Optional.empty(),
                anyway,
                id -> Optional.ofNullable(referenced.get(id)));
        return new ExportRequest(format, options, types, limit, moment(request), box, referenced);
    }

    private static long moment(RoutingContext request) {
        String text = parameter(request, "added_after");
        try {
            return text.isEmpty() ? 0 : Times.micros(Times.parse(text));
        } catch (DateTimeParseException e) {
            throw ApiJson.bad("\"added_after\" is not a time such as 2026-11-22T08:00:00Z");
        }
    }

    private static Stream<String> words(RoutingContext request, String name) {
        return Arrays.stream(parameter(request, name).split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty());
    }

    private static String parameter(RoutingContext request, String name) {
        String text = request.request().getParam(name);
        if (text != null && text.isBlank()) {
            throw ApiJson.bad("\"" + name + "\" is empty; leave it out to export without this limit");
        }
        return text == null ? "" : text;
    }
}
