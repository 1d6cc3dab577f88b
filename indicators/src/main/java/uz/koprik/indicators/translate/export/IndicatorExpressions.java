package uz.koprik.indicators.translate.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.extraction.ObservableExtraction;
import uz.koprik.indicators.pattern.Constant;
import uz.koprik.indicators.translate.Alternatives;

/**
 * What an indicator looks for, as far as a list can say it: any of these.
 *
 * @param any each enough by itself
 * @param problems why something else that it looks for is not among them
 */
record IndicatorExpressions(List<ReportedValue> any, List<String> problems) {

    /** A value, with the port that must go with it when there is one. */
    record ReportedValue(Observable value, Optional<Integer> port) {}

    IndicatorExpressions {
        any = List.copyOf(any);
        problems = List.copyOf(problems);
    }

    static IndicatorExpressions of(JsonObject object) {
        if (!object.string("type").orElse("").equals("indicator")) {
            List<ReportedValue> any = ObservableExtraction.of(object).observables().stream()
                    .map(value -> new ReportedValue(value, Optional.empty()))
                    .toList();
            return new IndicatorExpressions(
                    any, any.isEmpty() ? List.of("it carries no value that is known here") : List.of());
        }
        if (!object.string("pattern_type").orElse("").equals("stix")) {
            return new IndicatorExpressions(List.of(), List.of("its pattern is not of the STIX language"));
        }
        Alternatives alternatives = Alternatives.of(object.string("pattern").orElse(""));
        if (!alternatives.problem().isEmpty()) {
            return new IndicatorExpressions(List.of(), List.of(alternatives.problem()));
        }
        List<ReportedValue> any = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Map<String, Constant> terms : alternatives.all()) {
            String problem = add(terms, any);
            if (!problem.isEmpty() && !problems.contains(problem)) {
                problems.add(problem);
            }
        }
        return new IndicatorExpressions(any, problems);
    }

    /** Adds what the terms of one alternative come to; returns why nothing, or nothing. */
    private static String add(Map<String, Constant> terms, List<ReportedValue> any) {
        List<Observable> values = new ArrayList<>();
        List<String> others = new ArrayList<>();
        Optional<Integer> port = Optional.empty();
        StringBuilder pattern = new StringBuilder();
        for (Map.Entry<String, Constant> term : terms.entrySet()) {
            String path = term.getKey();
            if (path.equals("network-traffic:dst_port") && term.getValue() instanceof Constant.IntegerConstant number) {
                port = Optional.of(number.value().intValue());
            } else if (path.endsWith("_ref.type")
                    || path.equals("file:name")
                    || path.equals("file:size")
                    || path.equals("file:parent_directory_ref.path")
                    || path.equals("user-account:account_type")) {
                others.add(path);
            } else if (ObservableKind.ofStixPath(path).isEmpty()) {
                return "no list can say " + path;
            }
            pattern.append(pattern.isEmpty() ? "" : " AND ")
                    .append(path)
                    .append(" = ")
                    .append(literal(term.getValue()));
        }
        JsonObject indicator = JsonObject.builder()
                .put("type", "indicator")
                .put("pattern_type", "stix")
                .put("pattern", "[" + pattern + "]")
                .build();
        values.addAll(ObservableExtraction.of(indicator).observables());
        boolean nameAlone = values.size() == 1 && !others.contains("file:size");
        if (!nameAlone) { // a name beside a hash or a size says nothing by itself
            values.removeIf(
                    value -> value.kind() == ObservableKind.FILE_NAME || value.kind() == ObservableKind.FILE_PATH);
        }
        if (values.isEmpty()) {
            return "it looks for nothing but " + String.join(", ", terms.keySet());
        }
        boolean file = terms.keySet().stream().allMatch(path -> path.startsWith("file:"));
        boolean named = others.contains("file:name") || others.contains("file:size");
        if (values.size() > 1 && !file) {
            return "it demands several values at once: " + String.join(", ", terms.keySet());
        }
        if (named && !file) {
            return "it demands a file and something else";
        }
        if (port.isPresent() && !values.getFirst().kind().networkRole().takesPort()) {
            return "it demands a port of something that has none";
        }
        for (Observable value : values) {
            any.add(new ReportedValue(value, port)); // of one file any hash will do
        }
        return "";
    }

    private static String literal(Constant constant) {
        String text = Alternatives.text(constant);
        return switch (constant) {
            case Constant.StringConstant string -> uz.koprik.indicators.pattern.PatternWriter.quote(text);
            case Constant.IntegerConstant integer -> text;
            default -> uz.koprik.indicators.pattern.PatternWriter.quote(text);
        };
    }
}
