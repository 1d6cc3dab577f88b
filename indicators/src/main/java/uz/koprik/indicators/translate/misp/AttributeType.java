package uz.koprik.indicators.translate.misp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import uz.koprik.indicators.observable.Defang;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.Normalisation;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.pattern.Constant;
import uz.koprik.indicators.pattern.PatternWriter;
import uz.koprik.indicators.translate.Alternatives;
import uz.koprik.indicators.wording.Sentence;

/**
 * One attribute type of MISP and what it is in STIX: a row of {@link AttributeTypes}.
 *
 * @param name MISP's name; empty for what only members of objects are
 * @param category the category MISP files it under when nothing is said
 * @param form the kind of STIX object it becomes
 * @param stixType type of the domain object when {@code form} is {@link Form#NAMED}; empty otherwise
 * @param fixed comparisons that always go with it, such as {@code user-account:account_type = 'twitter'}
 * @param parts what stands between the bars of its value; one for types that are not composite
 */
record AttributeType(String name, String category, Form form, String stixType, List<String> fixed, List<Part> parts) {

    /** Kinds of values that people defang. */
    private static final Set<ObservableKind> ON_THE_NET = Set.of(
            ObservableKind.DOMAIN, ObservableKind.EMAIL, ObservableKind.IPV4, ObservableKind.IPV6, ObservableKind.CIDR);

    private static final Pattern TYPE_OF_REFERENCE = Pattern.compile("[a-z-]+:[a-z]+_ref\\.type = ");

    /** What an attribute becomes. */
    enum Form {
        /** A comparison of an indicator ({@code to_ids}), or observed data. */
        VALUE,
        /** The text of a note. */
        TEXT,
        /** An indicator whose pattern is the value, in the language that has the name of the type. */
        RULE,
        /** A domain object that has the value as its name. */
        NAMED
    }

    /**
     * One value.
     *
     * @param path where STIX has it
     * @param kinds what it may be; empty to take any text
     * @param content how its literal is written
     */
    record Part(String path, List<ObservableKind> kinds, Content content) {}

    /** How a value stands in a pattern. */
    enum Content {
        TEXT,
        NUMBER,
        /** An address or network; where the path goes through a reference, its type is compared too. */
        ADDRESS,
        HOST
    }

    AttributeType {
        fixed = List.copyOf(fixed);
        parts = List.copyOf(parts);
    }

    /** The comparison for a value, without brackets, such as {@code file:name = 'a' AND file:hashes.MD5 = '…'}. */
    String comparison(String value, Normalisation context) throws InvalidValue {
        return String.join(" AND ", terms(value, context));
    }

    private List<String> terms(String value, Normalisation context) throws InvalidValue {
        List<String> values = split(value);
        List<String> all = new ArrayList<>(fixed);
        for (int i = 0; i < parts.size(); i++) {
            comparison(parts.get(i), values.get(i), context, all);
        }
        return all;
    }

    /**
     * The pattern for a value. It leaves out the types of references, which follow from the values: the MISP project's
     * own converter takes a comparison of a type for a value.
     */
    String pattern(String value, Normalisation context) throws InvalidValue {
        StringJoiner all = new StringJoiner(" AND ", "[", "]");
        for (String term : terms(value, context)) {
            if (!TYPE_OF_REFERENCE.matcher(term).lookingAt()) {
                all.add(term);
            }
        }
        return all.toString();
    }

    private void comparison(Part part, String value, Normalisation context, List<String> all) throws InvalidValue {
        String checked = check(part, value, context);
        int dot = part.path.lastIndexOf("_ref.value");
        if (dot > 0 && part.content == Content.ADDRESS) {
            all.add(part.path.substring(0, dot) + "_ref.type = '"
                    + (value.indexOf(':') < 0 ? "ipv4-addr'" : "ipv6-addr'"));
        } else if (dot > 0 && part.content == Content.HOST) {
            all.add(part.path.substring(0, dot) + "_ref.type = 'domain-name'");
        }
        boolean plainAddress = dot < 0 && part.content == Content.ADDRESS && part.path.equals("ipv4-addr:value");
        String path = plainAddress && value.indexOf(':') >= 0 ? "ipv6-addr:value" : part.path;
        all.add(path + " = " + (part.content == Content.NUMBER ? checked : PatternWriter.quote(checked)));
    }

    /** The value as it may be kept: as it is, but for cards, which become their token. */
    private String check(Part part, String whole, Normalisation context) throws InvalidValue {
        String given = plain(part, whole);
        // MISP itself cuts the letters off, but takes them in.
        String value = name.equals("AS") && given.regionMatches(true, 0, "AS", 0, 2) ? given.substring(2) : given;
        if (part.content == Content.NUMBER) {
            if (value.isEmpty()
                    || value.length() > 15
                    || !value.chars().allMatch(c -> c >= '0' && c <= '9')
                    || (value.length() > 1 && value.charAt(0) == '0')) {
                throw new InvalidValue(MispNote.MISP_NO_NUMBER.of());
            }
            return value;
        }
        if (value.isBlank()) {
            throw new InvalidValue(MispNote.MISP_EMPTY_VALUE.of());
        }
        InvalidObservable why = null;
        for (ObservableKind kind : part.kinds) {
            try {
                Observable found = kind.normalise(prefix(kind) + value, context);
                return kind == ObservableKind.PAYMENT_CARD ? found.value() : value;
            } catch (InvalidObservable e) {
                why = why == null ? e : why;
            }
        }
        if (why != null && !(part.kinds.contains(ObservableKind.URL) && isWithoutScheme(value, context))) {
            throw new InvalidValue(MispNote.MISP_INVALID_VALUE.of(why.kind().label(), why.reason()));
        }
        return value;
    }

    /**
     * A value as a pattern compares it: without blanks around it, which MISP does not keep either, and as it was before
     * somebody defanged it.
     */
    private static String plain(Part part, String given) {
        String value = given.strip();
        if (part.kinds.contains(ObservableKind.URL)) {
            int begin = value.indexOf("//");
            int end = value.indexOf('/', begin < 0 ? 0 : begin + 2);
            int host = end < 0 ? value.length() : end;
            return Defang.refang(value.substring(0, host)) + value.substring(host); // a path may have brackets
        }
        return part.kinds.stream().anyMatch(ON_THE_NET::contains) ? Defang.refang(value) : value;
    }

    /** The value as a pattern compares it, without blanks around its parts and not defanged. */
    String corrected(String value) throws InvalidValue {
        List<String> values = split(value);
        StringJoiner all = new StringJoiner("|");
        for (int i = 0; i < parts.size(); i++) {
            all.add(plain(parts.get(i), values.get(i)));
        }
        return all.toString();
    }

    /** Whether only the scheme is missing: an address of the web that is kept as it is. */
    private static boolean isWithoutScheme(String value, Normalisation context) {
        int host = value.indexOf('.');
        int path = value.indexOf('/');
        if (host <= 0 || (path >= 0 && path < host) || value.chars().anyMatch(Character::isWhitespace)) {
            return false;
        }
        try {
            return !value.contains("://")
                    && !ObservableKind.URL
                            .normalise("http://" + value, context)
                            .value()
                            .isEmpty();
        } catch (InvalidObservable e) {
            return false;
        }
    }

    /** Accounts and wallets are checked together with the name of the messenger or coin. */
    private String prefix(ObservableKind kind) {
        if (kind == ObservableKind.WALLET && !name.isEmpty()) {
            return name + ':';
        }
        if (kind != ObservableKind.MESSENGER) {
            return "";
        }
        String type = fixed.getFirst();
        return type.substring(type.indexOf('\'') + 1, type.length() - 1) + ':';
    }

    /** Whether a value that is not of this type may be kept as a text: what may be the number of a card may not. */
    boolean mayBeText() {
        return parts.stream().noneMatch(part -> part.kinds.contains(ObservableKind.PAYMENT_CARD));
    }

    /**
     * What may be kept of a value that goes nowhere but into a list: cards as their token, everything else as it is.
     */
    String kept(String value, Normalisation context) throws InvalidValue {
        return parts.size() == 1 && parts.getFirst().kinds.contains(ObservableKind.PAYMENT_CARD)
                ? check(parts.getFirst(), value, context)
                : value;
    }

    private List<String> split(String value) throws InvalidValue {
        if (parts.size() == 1) {
            return List.of(value);
        }
        // The last bar divides: file names and keys may have bars, hashes, addresses and ports have none; data of keys
        // has.
        int bar = name.equals("regkey|value") ? value.indexOf('|') : value.lastIndexOf('|');
        if (bar < 0) {
            throw new InvalidValue(MispNote.MISP_NO_BAR.of());
        }
        return List.of(value.substring(0, bar), value.substring(bar + 1));
    }

    /** The value that the terms of a pattern say, when they are exactly those of this type. */
    Optional<String> value(Map<String, Constant> terms, Normalisation context) {
        List<String> values = new ArrayList<>();
        for (Part part : parts) {
            Constant constant = terms.get(part.path);
            if (constant == null && part.path.equals("ipv4-addr:value")) {
                constant = terms.get("ipv6-addr:value");
            }
            if (constant == null) {
                return Optional.empty();
            }
            values.add(Alternatives.text(constant));
        }
        String value = String.join("|", values);
        try {
            List<Map<String, Constant>> own =
                    Alternatives.of('[' + comparison(value, context) + ']').all();
            return own.size() == 1 && withoutTypes(own.getFirst()).equals(withoutTypes(terms))
                    ? Optional.of(value)
                    : Optional.empty();
        } catch (InvalidValue e) {
            return Optional.empty(); // not of this type, which is all that was asked
        }
    }

    /** Which type a reference has follows from its value; patterns of other makers often leave it out. */
    private static Map<String, Constant> withoutTypes(Map<String, Constant> terms) {
        Map<String, Constant> rest = new java.util.HashMap<>(terms);
        rest.keySet().removeIf(path -> path.endsWith("_ref.type"));
        return rest;
    }

    /** A value that is not of its type; the message never repeats it. */
    static final class InvalidValue extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Sentence sentence;

        InvalidValue(Sentence sentence) {
            super(sentence.text(), null, false, false);
            this.sentence = sentence;
        }

        /** What is wrong with the value. */
        Sentence sentence() {
            return sentence;
        }
    }
}
