package uz.koprik.indicators.warninglist;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.extraction.ObservableExtraction;
import uz.koprik.indicators.pattern.ComparisonExpression;
import uz.koprik.indicators.pattern.ComparisonExpression.Order;
import uz.koprik.indicators.pattern.Constant;
import uz.koprik.indicators.pattern.ObjectPath;
import uz.koprik.indicators.pattern.ObservationExpression;
import uz.koprik.indicators.pattern.PatternSyntaxError;
import uz.koprik.indicators.pattern.match.RegexLimits;
import uz.koprik.indicators.warninglist.ProtectedValues.Hit;

/** Looks for protected values in a pattern (STIX 2.1, section 9) in all its comparisons. */
final class ProtectedPattern {

    /** Objects of a network; a version number of software may look like an address, too. */
    private static final Set<String> TYPES =
            Set.of("ipv4-addr", "ipv6-addr", "domain-name", "url", "email-addr", "network-traffic");

    private final ProtectedValues values;

    ProtectedPattern(ProtectedValues values) {
        this.values = values;
    }

    void addHits(String pattern, Set<Hit> hits) {
        try {
            observations(uz.koprik.indicators.pattern.Pattern.parse(pattern).root(), hits);
        } catch (PatternSyntaxError unreadable) {
            return; // no format exports values of it, and intake refuses it
        }
    }

    private void observations(ObservationExpression expression, Set<Hit> hits) {
        switch (expression) {
            case ObservationExpression.Observation one -> comparisons(one.comparison(), hits);
            case ObservationExpression.And and -> and.operands().forEach(one -> observations(one, hits));
            case ObservationExpression.Or or -> or.operands().forEach(one -> observations(one, hits));
            case ObservationExpression.FollowedBy followed ->
                followed.operands().forEach(one -> observations(one, hits));
            case ObservationExpression.QualifiedExpression qualified -> observations(qualified.expression(), hits);
        }
    }

    private void comparisons(ComparisonExpression expression, Set<Hit> hits) {
        switch (expression) {
            case ComparisonExpression.And and -> and.operands().forEach(one -> comparisons(one, hits));
            case ComparisonExpression.Or or -> or.operands().forEach(one -> comparisons(one, hits));
            case ComparisonExpression.Compare compare -> {
                if (compare.order() == (compare.negated() ? Order.NOT_EQUAL : Order.EQUAL)) {
                    value(compare.path(), compare.constant()).ifPresent(hits::add);
                }
            }
            case ComparisonExpression.In in -> {
                if (!in.negated()) {
                    in.set().forEach(one -> value(in.path(), one).ifPresent(hits::add));
                }
            }
            case ComparisonExpression.Match match -> {
                if (!match.negated() && TYPES.contains(match.path().objectType())) {
                    likeness(match).ifPresent(hits::add);
                }
            }
            case ComparisonExpression.Exists exists -> {} // names no value
        }
    }

    private Optional<Hit> value(ObjectPath path, Constant constant) {
        if (!(constant instanceof Constant.StringConstant string)) {
            return Optional.empty();
        }
        Optional<Observable> named = ObservableExtraction.named(path, constant);
        String at = path.toString();
        boolean referenced = at.endsWith("_ref.value") || at.endsWith("_refs[*].value");
        if (named.isPresent() || (!referenced && !TYPES.contains(path.objectType()))) {
            return named.flatMap(values::hit);
        }
        Optional<Hit> address = values.oddNetwork(string.value());
        if (address.isPresent()) {
            return address;
        }
        if (at.equals("url:value")) {
            return values.oddUrl(string.value());
        }
        return at.equals("domain-name:value") || referenced || at.endsWith(".Host")
                ? values.oddName(string.value())
                : Optional.empty();
    }

    private Optional<Hit> likeness(ComparisonExpression.Match match) {
        String text = match.text().value();
        return switch (match.likeness()) {
            case ISSUBSET, ISSUPERSET -> values.oddNetwork(text);
            case LIKE -> {
                Optional<Hit> network = networkOf(text).flatMap(values::oddNetwork);
                yield network.isPresent()
                        ? network
                        : matched(match.path(), "(?is)^" + like(text) + "$").or(() -> beginning(text));
            }
            case MATCHES ->
                matched(match.path(), text)
                        .or(() -> text.startsWith("^")
                                ? beginning(text.substring(1).replace("\\.", "."))
                                : Optional.empty());
        };
    }

    /** {@code 192.168.%} as a network; empty for other texts. */
    private static Optional<String> networkOf(String like) {
        if (!like.matches("([0-9]{1,3}\\.){1,3}%")) {
            return Optional.empty();
        }
        int octets = like.split("\\.").length - 1;
        return Optional.of(like.substring(0, like.length() - 1) + "0.".repeat(3 - octets) + "0/" + 8 * octets);
    }

    /** For {@code 192.168.1.1%}: all addresses that begin so are in a protected network. */
    private Optional<Hit> beginning(String text) {
        int end = 0;
        while (end < text.length()
                && ((text.charAt(end) >= '0' && text.charAt(end) <= '9') || text.charAt(end) == '.')) {
            end++;
        }
        String octets = text.substring(0, text.lastIndexOf('.', end - 1) + 1);
        return octets.isEmpty()
                ? Optional.empty()
                : AddressSpellings.octets(octets).flatMap(values::within);
    }

    private static String like(String text) {
        StringBuilder regex = new StringBuilder();
        text.codePoints()
                .forEach(c -> regex.append(
                        switch (c) {
                            case '%' -> ".*";
                            case '_' -> ".";
                            default -> Pattern.quote(Character.toString(c));
                        }));
        return regex.toString();
    }

    private static Stream<String> startPages(String host) {
        String authority = host.indexOf(':') < 0 ? host : '[' + host + ']';
        return Stream.of("http://" + authority + '/', "https://" + authority + '/');
    }

    /** The first protected value that an expression matches. */
    private Optional<Hit> matched(ObjectPath path, String regex) {
        if (RegexLimits.refusal(regex).isPresent()) {
            return Optional.empty();
        }
        Pattern pattern;
        try {
            pattern = Pattern.compile(regex);
        } catch (PatternSyntaxException unusable) {
            return Optional.empty(); // nothing can match it
        }
        boolean url = path.toString().equals("url:value");
        boolean mailbox = path.objectType().equals("email-addr");
        List<ObservableKind> kinds = ObservableKind.ofStixPath(path.toString());
        if (mailbox || kinds.isEmpty()) {
            return Optional.empty();
        }
        Function<String, Stream<String>> spellings = url ? ProtectedPattern::startPages : Stream::of;
        return Stream.concat(values.addressSamples().stream(), values.nameSamples().stream())
                .filter(sample -> spellings.apply(sample).anyMatch(text -> pattern.matcher(text)
                        .find()))
                .map(values::oddName)
                .flatMap(Optional::stream)
                .findFirst();
    }
}
