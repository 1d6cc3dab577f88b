package uz.koprik.gateway.api.cases;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.cases.CaseFiles;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.text.Recognition;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoredObject;

/**
 * Which cases are listed.
 *
 * @param words that must all occur; empty for any
 * @param values keys of which one must be carried; empty for any
 * @param types of crime; empty for any
 * @param status open or closed
 * @param unit that leads it
 * @param openedFrom first moment of opening
 * @param openedTo moment before which it was opened
 */
record CaseFilter(
        String words,
        Set<String> values,
        List<String> types,
        Optional<CaseFile.Status> status,
        Optional<String> unit,
        Optional<Instant> openedFrom,
        Optional<Instant> openedTo) {

    static CaseFilter of(RoutingContext request, Recognition recognition) {
        HttpServerRequest http = request.request();
        Optional<String> value = Optional.ofNullable(http.getParam("value"));
        return new CaseFilter(
                Optional.ofNullable(http.getParam("q")).orElse(""),
                value.map(text -> keys(recognition
                                .recogniseOne(text)
                                .orElseThrow(() -> ApiJson.bad(
                                        "\"value\" is of no kind that is known here: check it for typing errors"))
                                .observable()))
                        .orElse(Set.of()),
                Stream.ofNullable(http.getParam("type"))
                        .flatMap(text -> Arrays.stream(text.split(",", -1)))
                        .toList(),
                Optional.ofNullable(http.getParam("status")).map(CaseFilter::status),
                Optional.ofNullable(http.getParam("unit")),
                Optional.ofNullable(http.getParam("opened_from")).map(text -> CaseForms.moment("opened_from", text)),
                Optional.ofNullable(http.getParam("opened_to")).map(text -> CaseForms.moment("opened_to", text)));
    }

    private static Set<String> keys(Observable value) {
        return Stream.concat(Stream.of(value.comparedAs()), value.perhaps().stream())
                .map(Observable::key)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The case that an entry holds; empty for other incidents. */
    static Optional<CaseService.StoredCase> read(Entry entry) {
        return CaseFiles.isCase(StoredObject.stix(entry)) ? Optional.of(CaseService.stored(entry)) : Optional.empty();
    }

    /** Whether it takes every case that has the words and values. */
    boolean isAny() {
        return types.isEmpty() && status.isEmpty() && unit.isEmpty() && openedFrom.isEmpty() && openedTo.isEmpty();
    }

    boolean takes(CaseService.StoredCase stored) {
        CaseFile file = stored.file();
        return (types.isEmpty() || types.contains(file.crimeType()))
                && status.filter(wanted -> wanted != file.status()).isEmpty()
                && unit.filter(wanted -> !wanted.equals(file.ownerUnit())).isEmpty()
                && openedFrom.filter(file.opened()::isBefore).isEmpty()
                && openedTo.filter(to -> !file.opened().isBefore(to)).isEmpty();
    }

    static CaseFile.Status status(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "open" -> CaseFile.Status.OPEN;
            case "closed" -> CaseFile.Status.CLOSED;
            default -> throw ApiJson.bad("\"status\" is open or closed");
        };
    }
}
