package uz.koprik.indicators.imports.layout;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.koprik.indicators.observable.InvalidObservable;
import uz.koprik.indicators.observable.IpNetwork;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.observable.forms.MaskedCard;
import uz.koprik.indicators.observable.text.RecognisedValue;
import uz.koprik.indicators.observable.text.Recognition;
import uz.koprik.indicators.observable.text.Remark;
import uz.koprik.indicators.pattern.Constant;
import uz.koprik.indicators.pattern.PatternSyntaxError;
import uz.koprik.indicators.translate.Alternatives;
import uz.koprik.indicators.wording.Sentence;

/**
 * Reads the values of a cell or line: one value, several, the hashes of one file, a range of addresses or a STIX
 * pattern. Safe for many threads.
 */
public final class CellValues {

    /** Most values of one cell: more come from a mistake in the columns. */
    private static final int MOST = 1000;

    private static final Pattern SEPARATORS = Pattern.compile("[\\s,;|]+");
    private static final Pattern COMPARISON = Pattern.compile(
            "(?s)\\[.+:.+\\s(?:=|!=|<|>|LIKE|MATCHES|IN|ISSUBSET|ISSUPERSET)[\\s(].+\\](?:\\s+(?:WITHIN|REPEATS|START)\\s.+)?");
    private static final Pattern MASKED = Pattern.compile("[*xX#\u2022\u00b7]{4}");
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z\\[\\]]{2,10}://");
    private static final Pattern NAMED_HASH = Pattern.compile(
            "[\\s{\"',;|]*+(md5|sha-?(?:1|256|512))[\"']?+\\s*+[:=]\\s*+[\"']?+([0-9a-f]{32,128}+)[\\s}\"',;|]*+",
            Pattern.CASE_INSENSITIVE);
    /** How a note after a URL begins. */
    private static final Pattern NOTE = Pattern.compile("\\s+(?:[(#\\[]|//|[-\u2013\u2014]\\s)");

    private static final Pattern BETWEEN_NUMBERS = Pattern.compile("[,;|\\n]+");

    /** Kinds of numbers in whose groups blanks may stand. */
    private static final Set<ObservableKind> NUMBERS = EnumSet.of(
            ObservableKind.PHONE,
            ObservableKind.IBAN,
            ObservableKind.BANK_ACCOUNT,
            ObservableKind.PAYMENT_CARD,
            ObservableKind.ASN,
            ObservableKind.IMEI);

    private static final Set<ObservableKind> HASHES = EnumSet.of(
            ObservableKind.MD5,
            ObservableKind.SHA1,
            ObservableKind.SHA256,
            ObservableKind.SHA512,
            ObservableKind.SHA3_256,
            ObservableKind.SHA3_512,
            ObservableKind.SSDEEP,
            ObservableKind.TLSH);

    private final Recognition recognition;

    /**
     * What one report is about.
     *
     * @param value the first value; empty when only a pattern says it
     * @param others further values of the same thing, any of which is enough
     * @param pattern a STIX pattern that says more than values can; empty for none
     * @param doubt why a person must confirm it; empty for a sure value
     */
    public record Found(Optional<RecognisedValue> value, List<Observable> others, String pattern, String doubt) {

        public Found {
            others = List.copyOf(others);
        }

        static Found of(RecognisedValue value, String doubt) {
            return new Found(Optional.of(value), List.of(), "", doubt);
        }

        /** The file that has these hashes too. */
        Found and(List<Observable> more) {
            return new Found(value, more, pattern, doubt);
        }
    }

    public CellValues(Recognition recognition) {
        this.recognition = recognition;
    }

    /** Whether two kinds are hashes, of which a file has one each. */
    public static boolean isHash(ObservableKind kind) {
        return HASHES.contains(kind);
    }

    /** Whether a cell holds something that {@link #read} takes without doubt. */
    public boolean isValue(String cell, List<ObservableKind> kinds) {
        try {
            return read(cell, kinds).stream().allMatch(found -> found.doubt().isEmpty());
        } catch (UnusableCell e) {
            return false;
        }
    }

    /**
     * The values of a cell.
     *
     * @param kinds what the column or the row allows; empty for any
     * @throws UnusableCell when it has none, or one of another kind
     */
    public List<Found> read(String cell, List<ObservableKind> kinds) throws UnusableCell {
        String text = cell.strip();
        if (text.isEmpty()) {
            throw new UnusableCell(ImportSentence.NO_VALUE.of());
        }
        if (text.charAt(0) == '[' && text.indexOf(':') > 0 && isPattern(text)) {
            return List.of(pattern(text));
        }
        Optional<Observable> masked = IpNetwork.masked(text);
        if (masked.isPresent() && allowed(masked.get().kind(), kinds)) {
            return List.of(Found.of(new RecognisedValue(masked.get(), 0, text.length(), Optional.empty()), ""));
        }
        List<Found> named = namedHashes(text, kinds);
        if (!named.isEmpty()) {
            return named;
        }
        boolean separated = false;
        for (int i = 0; i < text.length() && !separated; i++) {
            char c = text.charAt(i);
            separated = c <= ' ' || c == ',' || c == ';' || c == '|';
        }
        if (separated) {
            List<Found> several = several(text, kinds);
            if (!several.isEmpty()) {
                return several;
            }
        }
        if (text.indexOf('-') > 0 || text.indexOf('\u2013') > 0) {
            Optional<List<Observable>> range = AddressRange.parse(text);
            if (range.isPresent() && allowed(range.get().getFirst().kind(), kinds)) {
                return range.get().stream()
                        .map(one -> Found.of(new RecognisedValue(one, 0, text.length(), Optional.empty()), ""))
                        .toList();
            }
        }
        return List.of(one(text, kinds));
    }

    /** Whether a text in brackets compares something, rather than being an address of IPv6. */
    private static boolean isPattern(String text) {
        return (text.endsWith("]") && text.indexOf('=') > 0)
                || COMPARISON.matcher(text).matches();
    }

    /** Hashes with their names, such as {@code MD5: …; SHA1=…} or as a JSON object; empty for anything else. */
    private List<Found> namedHashes(String text, List<ObservableKind> kinds) {
        if (text.length() < 32 || (text.indexOf(':') < 0 && text.indexOf('=') < 0)) {
            return List.of();
        }
        List<Found> hashes = new ArrayList<>();
        Matcher named = NAMED_HASH.matcher(text);
        int at = 0;
        while (at < text.length() && hashes.size() < HASHES.size()) {
            if (!named.region(at, text.length()).lookingAt()) {
                return List.of();
            }
            Optional<ObservableKind> kind =
                    TypeWords.of(named.group(1)).map(meaning -> meaning.kinds().getFirst());
            Optional<RecognisedValue> hash =
                    kind.filter(one -> allowed(one, kinds)).flatMap(one -> attempt(named.group(2), one));
            if (hash.isEmpty()) {
                return List.of();
            }
            hashes.add(Found.of(hash.get(), ""));
            at = named.end();
        }
        return at < text.length() || hashes.isEmpty() ? List.of() : sameFile(hashes);
    }

    /** Several values in a cell; empty when a part of it is none. */
    private List<Found> several(String text, List<ObservableKind> kinds) throws UnusableCell {
        List<String> parts = parts(text);
        if (parts.size() < 2) {
            return List.of();
        }
        if (parts.size() > MOST) {
            throw new UnusableCell(ImportSentence.MANY_VALUES.of(MOST));
        }
        String last = parts.getLast();
        if (parts.size() == 2 && text.indexOf('|') > 0 && last.matches("[0-9]{1,5}")) {
            String first = parts.getFirst();
            boolean six = first.charAt(0) != '[' && first.indexOf(':') != first.lastIndexOf(':');
            return List.of(one((six ? '[' + first + ']' : first) + ':' + last, kinds)); // ip-dst|port
        }
        boolean file = parts.size() == 2 && text.indexOf('|') > 0 && !kinds.isEmpty() && HASHES.containsAll(kinds);
        if (file && !isValue(parts.getFirst(), kinds)) {
            return List.of(one(last, kinds)); // filename|md5
        }
        List<Found> numbers = numbers(text, kinds);
        if (!numbers.isEmpty()) {
            return numbers;
        }
        List<Found> several = new ArrayList<>();
        for (String part : parts) {
            try {
                // A part that is doubtful by itself is no reason to take a cell apart.
                Found found = one(part, kinds);
                if (!found.doubt().isEmpty() || !standsAlone(found)) {
                    return List.of();
                }
                several.add(found);
            } catch (UnusableCell e) {
                return List.of(); // the cell as a whole may be a value with blanks, such as a phone number
            }
        }
        return sameFile(several);
    }

    /** Numbers of one kind between signs that no number has; empty when a part of the cell is none. */
    private List<Found> numbers(String text, List<ObservableKind> kinds) {
        if (!BETWEEN_NUMBERS.matcher(text).find() || (kinds.size() == 1 && !NUMBERS.contains(kinds.getFirst()))) {
            return List.of();
        }
        List<Found> numbers = new ArrayList<>();
        for (String part : BETWEEN_NUMBERS.split(text, -1)) {
            if (part.isBlank()) {
                continue; // before the first or after the last sign
            }
            try {
                Found found = one(part.strip(), kinds);
                ObservableKind kind = found.value().orElseThrow().observable().kind();
                if (!found.doubt().isEmpty() || !NUMBERS.contains(kind)) {
                    return List.of();
                }
                numbers.add(found);
            } catch (UnusableCell e) {
                return List.of(); // the caller goes on
            }
        }
        return numbers;
    }

    /** Kinds whose values have no blanks, so that several can stand in a cell. */
    private static boolean standsAlone(Found found) {
        return switch (found.value().orElseThrow().observable().kind()) {
            case PHONE,
                    BANK_ACCOUNT,
                    PAYMENT_CARD,
                    ASN,
                    URL_PATH,
                    MUTEX,
                    REGISTRY_KEY,
                    FILE_NAME,
                    FILE_PATH,
                    USER_AGENT,
                    IMEI -> false;
            default -> true;
        };
    }

    /** Parts between blanks; a comma or bar inside a URL separates only before another URL. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        Matcher cut = SEPARATORS.matcher(text);
        while (cut.find()) {
            String before = text.substring(from, cut.start());
            boolean blank = cut.group().chars().anyMatch(Character::isWhitespace);
            String after = text.substring(cut.end());
            boolean scheme = SCHEME.matcher(after).lookingAt();
            if (before.isEmpty() || (!blank && before.contains("://") && !scheme)) {
                continue;
            }
            if (!before.equals(":")) { // stands between hashes, with blanks around it
                parts.add(before);
            }
            from = cut.end();
        }
        if (from < text.length()) {
            parts.add(text.substring(from));
        }
        return parts;
    }

    /** Hashes of different lengths in one cell are of one file. */
    private static List<Found> sameFile(List<Found> several) {
        Set<ObservableKind> seen = EnumSet.noneOf(ObservableKind.class);
        List<Observable> others = new ArrayList<>();
        for (Found found : several) {
            Observable value = found.value().orElseThrow().observable();
            if (!isHash(value.kind()) || !seen.add(value.kind())) {
                return several;
            }
            others.add(value);
        }
        return List.of(several.getFirst().and(others.subList(1, others.size())));
    }

    private Found one(String text, List<ObservableKind> kinds) throws UnusableCell {
        if (kinds.size() == 1) {
            return named(text, kinds.getFirst());
        }
        Optional<RecognisedValue> guess = recognition.recogniseOne(text);
        if (guess.isPresent() && allowed(guess.get().observable().kind(), kinds)) {
            return Found.of(guess.get(), kinds.isEmpty() ? doubt(guess.get()) : "");
        }
        if (kinds.isEmpty()) {
            throw new UnusableCell(unknown(text));
        }
        for (ObservableKind kind : kinds) {
            Optional<RecognisedValue> value = attempt(text, kind);
            if (value.isPresent() && allowed(value.get().observable().kind(), kinds)) {
                return Found.of(value.get(), "");
            }
        }
        List<RecognisedValue> inside = text.indexOf(' ') > 0 ? recognition.recognise(text) : List.of();
        if (inside.size() == 1
                && inside.getFirst().start() == 0
                && kinds.contains(inside.getFirst().observable().kind())
                && NOTE.matcher(text.substring(inside.getFirst().end())).lookingAt()) {
            return Found.of(inside.getFirst(), "");
        }
        throw new UnusableCell(guess.map(value ->
                        ImportSentence.OTHER_KIND.of(value.observable().kind().label()))
                .orElseGet(ImportSentence.FOREIGN_KIND::of));
    }

    private Found named(String text, ObservableKind kind) throws UnusableCell {
        if (kind == ObservableKind.BANK_ACCOUNT) {
            Optional<RecognisedValue> iban = attempt(text, ObservableKind.IBAN);
            if (iban.isPresent()) { // OpenCTI and MISP have one type for both
                return Found.of(iban.get(), "");
            }
        }
        try {
            RecognisedValue value = recognition.recogniseOne(text, kind);
            return kind == ObservableKind.URL ? url(text, value) : Found.of(value, "");
        } catch (InvalidObservable e) {
            Optional<RecognisedValue> guess = text.indexOf(':') > 0 ? recognition.recogniseOne(text) : Optional.empty();
            if (guess.isPresent()
                    && guess.get().port().isPresent()
                    && guess.get().observable().kind() == kind) {
                return Found.of(guess.get(), "");
            }
            // Words beside the value, as in "+44 7700 900417 (mobile)", do not spoil it.
            List<RecognisedValue> inside = recognition.recognise(text);
            if (inside.size() == 1
                    && inside.getFirst().observable().kind() == kind
                    && !isJoined(text, inside.getFirst())
                    && (kind != ObservableKind.URL
                            || NOTE.matcher(text.substring(inside.getFirst().end()))
                                    .lookingAt())) {
                return Found.of(inside.getFirst(), "");
            }
            throw new UnusableCell(ImportSentence.INVALID_VALUE.of(e.kind().label(), e.reason()));
        }
    }

    /** Whether a dash joins the value to a word before or after it, so that it may be a part of a longer one. */
    private static boolean isJoined(String text, RecognisedValue value) {
        int start = value.start();
        int end = value.end();
        return (start > 1 && isDash(text.charAt(start - 1)) && Character.isLetterOrDigit(text.charAt(start - 2)))
                || (end + 1 < text.length()
                        && isDash(text.charAt(end))
                        && Character.isLetterOrDigit(text.charAt(end + 1)));
    }

    private static boolean isDash(char c) {
        return c > 0x7F && Character.getType(c) == Character.DASH_PUNCTUATION;
    }

    /** A URL of a column of URLs, which other values in the cell spoil, and dots at its end make doubtful. */
    private Found url(String text, RecognisedValue url) throws UnusableCell {
        Optional<RecognisedValue> guess = recognition.recogniseOne(text);
        if (guess.isPresent() && !guess.get().remarks().contains(Remark.WORD_ENDING)) {
            return Found.of(url, guess.get().remarks().contains(Remark.CUT_OFF) ? Remark.CUT_OFF.reason() : "");
        }
        if (recognition.recognise(text).stream().anyMatch(one -> one.start() > 0 && !one.doubtful())) {
            throw new UnusableCell(ImportSentence.INVALID_VALUE.of(
                    ObservableKind.URL.label(), "words or other values stand beside it"));
        }
        return Found.of(url, "");
    }

    private static boolean allowed(ObservableKind kind, List<ObservableKind> kinds) {
        return kinds.isEmpty() || kinds.contains(kind);
    }

    /** What looks like a masked card and is not taken has a reason of its own. */
    private Sentence unknown(String text) {
        if (MASKED.matcher(text).find() && MaskedCard.looksLikeOne(text)) {
            try {
                recognition.recogniseOne(text, ObservableKind.PAYMENT_CARD);
            } catch (InvalidObservable masked) {
                return ImportSentence.MASKED_CARD.of(masked.reason());
            }
        }
        return ImportSentence.UNKNOWN_KIND.of();
    }

    /** Why a value whose kind nobody names must be confirmed; empty when it need not. */
    static String doubt(RecognisedValue value) {
        return value.doubt()
                .map(why -> why + "; in a table, a column \"kind\" with \""
                        + value.observable().kind().code() + "\" says that it is meant")
                .orElse("");
    }

    /** A pattern: as values where values can say it, so that it is the same report as they are. */
    public Found pattern(String text) throws UnusableCell {
        try {
            uz.koprik.indicators.pattern.Pattern.parse(text);
        } catch (PatternSyntaxError e) {
            throw new UnusableCell(ImportSentence.UNREADABLE_PATTERN.of());
        }
        Alternatives alternatives = Alternatives.of(text);
        List<Observable> values = new ArrayList<>();
        Optional<Integer> port = Optional.empty();
        for (Map<String, Constant> terms : alternatives.all()) {
            for (Map.Entry<String, Constant> term : terms.entrySet()) {
                if (term.getKey().equals("network-traffic:dst_port")
                        && terms.size() == 2
                        && alternatives.all().size() == 1
                        && term.getValue() instanceof Constant.IntegerConstant number) {
                    port = Optional.of(number.value().intValue());
                } else if (terms.size() == 1 || terms.containsKey("network-traffic:dst_port")) {
                    simple(term.getKey(), term.getValue(), terms.size() == 2).ifPresent(values::add);
                }
            }
        }
        boolean whole = alternatives.problem().isEmpty()
                && !values.isEmpty()
                && values.size() == alternatives.all().size();
        if (!whole) {
            return new Found(Optional.empty(), List.of(), text, "");
        }
        RecognisedValue first = new RecognisedValue(values.getFirst(), 0, text.length(), port);
        return new Found(Optional.of(first), values.subList(1, values.size()), "", "");
    }

    /** A value under the customary path of its kind, in normal form: then its own pattern is the same. */
    private Optional<Observable> simple(String path, Constant constant, boolean withPort) {
        if (!(constant instanceof Constant.StringConstant)) {
            return Optional.empty();
        }
        String text = Alternatives.text(constant);
        for (ObservableKind kind : ObservableKind.ofStixPath(path)) {
            Optional<Observable> value = attempt(text, kind).map(RecognisedValue::observable);
            boolean network = withPort && path.equals("network-traffic:dst_ref.value");
            if (value.isPresent()
                    && value.get().kind() == kind
                    && (network || kind.stixPaths().getFirst().equals(path))) {
                return value;
            }
        }
        return Optional.empty();
    }

    private Optional<RecognisedValue> attempt(String text, ObservableKind kind) {
        try {
            return Optional.of(recognition.recogniseOne(text, kind));
        } catch (InvalidObservable e) {
            return Optional.empty(); // another kind may take it
        }
    }
}
