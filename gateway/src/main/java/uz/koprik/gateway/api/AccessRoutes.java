package uz.koprik.gateway.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import uz.koprik.gateway.accessrecord.AccessEntry;
import uz.koprik.gateway.accessrecord.AccessGateways;
import uz.koprik.gateway.accessrecord.AccessNotes;
import uz.koprik.gateway.accessrecord.AccessQuery;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.Cursors;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.text.Recognition;

/** {@code /api/access}: the access record, for auditors alone. */
public final class AccessRoutes implements Routes {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST = 1000;

    private final AccessGateways record;
    private final Recognition recognition;
    private final String centre;

    /**
     * @param record of all gateways of the centre
     * @param recognition recognises values that are asked for
     * @param centre name or URL of the centre
     */
    public AccessRoutes(AccessGateways record, Recognition recognition, String centre) {
        this.record = record;
        this.recognition = recognition;
        this.centre = centre;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/access", "account", "from", "to", "route", "value", "id", "limit", "cursor")
                .handler(Blocking.handler(this::list));
    }

    /** One entry; the schema {@code AccessEntry}. */
    record EntryView(
            String gateway,
            String stream,
            long n,
            String at,
            String by,
            String from,
            String what,
            List<String> ids,
            Map<String, String> asked,
            List<String> values,
            String purpose,
            @JsonProperty("case") String caseNumber,
            String caseId,
            Long answers,
            Integer refused,
            String request,
            String localUser) {

        static EntryView of(AccessGateways.Entry one) {
            AccessEntry entry = one.found().entry();
            return new EntryView(
                    given(one.gateway()),
                    one.found().stream(),
                    entry.number(),
                    entry.at().toString(),
                    entry.by(),
                    given(entry.from()),
                    entry.what(),
                    entry.ids().isEmpty() ? null : entry.ids(),
                    entry.asked().isEmpty() ? null : entry.asked(),
                    entry.values().isEmpty() ? null : entry.values(),
                    entry.use().map(AccessEntry.Use::purpose).orElse(null),
                    entry.use().map(AccessEntry.Use::number).orElse(null),
                    entry.use().map(AccessEntry.Use::caseId).orElse(null),
                    entry.answers().orElse(null),
                    entry.refused() == 0 ? null : entry.refused(),
                    given(entry.request()),
                    given(entry.localUser()));
        }

        private static String given(String text) {
            return text.isEmpty() ? null : text;
        }
    }

    /**
     * A part of the record; the schema {@code AccessPage}.
     *
     * @param gateway name or URL of the centre
     * @param complete whether this is the record of the whole centre
     * @param missing gateways that did not answer; absent when all did
     */
    record AccessPage(List<EntryView> entries, String next, String gateway, boolean complete, List<String> missing) {}

    private Runnable list(RoutingContext request) throws IOException {
        Callers.require(request, Right.AUDIT);
        Optional<Observable> value = parameter(request, "value").map(text -> recognition
                .recogniseOne(text)
                .orElseThrow(
                        () -> ApiJson.bad("\"value\" is of no kind that is known here: check it for typing errors"))
                .observable());
        value.ifPresent(one -> AccessNotes.of(request).values(List.of(one)));
        AccessQuery query = new AccessQuery(
                parameter(request, "account"),
                moment(request, "from"),
                moment(request, "to"),
                parameter(request, "route"),
                value.map(one -> Set.of(one.comparedAs().key())).orElse(Set.of()),
                parameter(request, "id"));
        int limit = Cursors.limit(request, DEFAULT_LIMIT, MOST);
        AccessGateways.Answer answer;
        try {
            answer = record.find(query, places(parameter(request, "cursor")), limit);
        } catch (IllegalArgumentException wrong) {
            throw ApiJson.bad("\"cursor\" must be the \"next\" of the page before");
        }
        AccessNotes.of(request).answers(answer.entries().size());
        return ApiJson.reply(
                request,
                200,
                new AccessPage(
                        answer.entries().stream().map(EntryView::of).toList(),
                        answer.next().map(AccessRoutes::cursor).orElse(null),
                        centre,
                        answer.missing().isEmpty(),
                        answer.missing().isEmpty() ? null : answer.missing()));
    }

    /** Where each gateway goes on: its name in hexadecimal, {@code :} and its place, with {@code !} between them. */
    private static String cursor(Map<String, String> places) {
        return places.entrySet().stream()
                .map(one ->
                        HexFormat.of().formatHex(one.getKey().getBytes(StandardCharsets.UTF_8)) + ":" + one.getValue())
                .collect(Collectors.joining("!"));
    }

    private static Map<String, String> places(Optional<String> cursor) {
        Map<String, String> places = new TreeMap<>();
        for (String part : cursor.map(text -> text.split("!", -1)).orElse(new String[0])) {
            int colon = part.indexOf(':');
            places.put(
                    new String(HexFormat.of().parseHex(part.substring(0, Math.max(0, colon))), StandardCharsets.UTF_8),
                    part.substring(colon + 1));
        }
        return places;
    }

    private static Optional<String> parameter(RoutingContext request, String name) {
        return Optional.ofNullable(request.request().getParam(name)).filter(text -> !text.isBlank());
    }

    private static Optional<Instant> moment(RoutingContext request, String name) {
        try {
            return parameter(request, name).map(Instant::parse);
        } catch (DateTimeParseException wrong) {
            throw ApiJson.bad("\"" + name + "\" is not a time such as 2026-11-22T08:00:00Z");
        }
    }
}
