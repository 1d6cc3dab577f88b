package uz.koprik.indicators.imports.layout;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.StixTimestamp;

/** Reads cells that are no values: times, markings, labels, grades, yes and no. */
public final class CellForms {

    private static final Pattern YEAR_FIRST = Pattern.compile(
            "(\\d{4})(?:[-/]|\\. ?|년 ?)(\\d{1,2})(?:[-/]|\\. ?|월 ?)(\\d{1,2})[.일]?(?:[T ,]+(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?)?"
                    + "\\s*(Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern YEAR_LAST = Pattern.compile(
            "(\\d{1,2})([./-])(\\d{1,2})\\2(\\d{4})(?:[T ,]+(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?)?"
                    + "\\s*(Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern EPOCH = Pattern.compile("(\\d{10}|\\d{13}|\\d{16})(?:\\.\\d{1,6})?");
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3})(?:\\.0+)?\\s*%?");

    /** With the words that spreadsheets write for logical values. */
    private static final List<String> YES =
            List.of("true yes y 1 x t ja wahr да истина ha rost ҳа рост igen igaz 예 네 참 on".split(" "));

    private static final List<String> NO = List.of(
            "false no n 0 f nein falsch нет ложь yoq yolgon йўқ ёлғон nem hamis 아니오 아니요 거짓 off - none".split(" "));

    /** The apostrophes of Uzbek, as keyboards have them. */
    private static final Pattern APOSTROPHES = Pattern.compile("['`\u00B4\u2018\u2019\u02BB\u02BC]");

    /** Words for a report that does not end, without case, blanks and punctuation. */
    private static final Set<String> ENDLESS =
            Set.of(("never unlimited permanent indefinite бессрочно бессрочный неограничено unbegrenzt unbefristet"
                            + " muddatsiz cheksiz муддатсиз чексиз határozatlan korlátlan 무기한 영구")
                    .split(" "));

    /** Names of columns with the moment at which a report was withdrawn. */
    private static final Set<String> MOMENTS_OF_END = Set.of(
            ("revokedat revokedon revocationdate revocationtime daterevoked revokeddate withdrawnat deletedat removedat"
                            + " датаотзыва датаудаления widerrufenam gelöschtam visszavonásdátuma bekorqilingansana"
                            + " бекорқилингансана 철회일 철회일시 폐기일 삭제일")
                    .split(" "));

    /** Words of states in which a report counts no more, without case, blanks and punctuation. */
    private static final Set<String> ENDED =
            Set.of(("revoked withdrawn deleted removed retracted expired inactive retired"
                            + " deprecated obsolete cancelled falsepositive отозван отозвана отозвано истек истёк истекла неактивен"
                            + " неактивна удален удалён снят снята снято аннулирован widerrufen zurückgezogen abgelaufen inaktiv gelöscht visszavont"
                            + " visszavonva lejárt inaktív törölt bekorqilingan бекорқилинган nofaol нофаол 철회 철회됨 만료 만료됨"
                            + " 비활성 폐기")
                    .split(" "));

    private static final Set<String> IN_FORCE = Set.of(
            ("active valid current enabled inforce активен активна действует действителен aktiv gültig faol фаол aktív"
                            + " érvényes 활성 유효")
                    .split(" "));

    /** Verdicts on values that nobody should block, without case, blanks and punctuation. */
    private static final Set<String> HARMLESS =
            Set.of(("benign clean harmless allow allowed whitelist whitelisted allowlist"
                            + " allowlisted good legitimate legit safe trusted безвредный безвредно чистый разрешить harmlos"
                            + " zararsiz зарарсиз ártalmatlan 정상 허용")
                    .split(" "));

    private static final Set<String> HARMFUL = Set.of(
            ("malicious malware phishing suspicious bad harmful block blocked blockandremediate alert alertandblock warn"
                            + " audit deny drop quarantine вредоносный вредоносно блокировать schädlich zararli зарарли"
                            + " kártékony 악성 차단")
                    .split(" "));

    private CellForms() {}

    /** Whether a cell says that there is nothing: {@code None}, {@code n/a}, {@code -}. */
    public static boolean isNothing(String cell) {
        return switch (cell.length() > 4 ? "" : cell.toLowerCase(Locale.ROOT)) {
            case "none", "null", "nan", "n/a", "na", "-", "--", "nil" -> true;
            default -> false;
        };
    }

    /** Words between bars; where there is none, between commas or semicolons. */
    public static List<String> labels(String cell) {
        List<String> labels = new ArrayList<>();
        int from = 0;
        for (int to = 0; to <= cell.length(); to++) {
            if (to == cell.length() || cell.charAt(to) == ',' || cell.charAt(to) == ';' || cell.charAt(to) == '|') {
                String label = cell.substring(from, to).strip();
                if (!label.isEmpty()) {
                    labels.add(label);
                }
                from = to + 1;
            }
        }
        return labels;
    }

    /**
     * Labels of a table that this product wrote: between bars; a backslash stands before one that belongs to a label.
     */
    public static List<String> ownLabels(String cell) {
        List<String> labels = new ArrayList<>();
        StringBuilder label = new StringBuilder();
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c == '\\' && i + 1 < cell.length() && (cell.charAt(i + 1) == '|' || cell.charAt(i + 1) == '\\')) {
                label.append(cell.charAt(++i));
            } else if (c == '|') {
                labels.add(label.toString());
                label.setLength(0);
            } else {
                label.append(c);
            }
        }
        labels.add(label.toString());
        labels.removeIf(String::isEmpty);
        return labels;
    }

    /**
     * A marking by word or by number; of several the narrowest. Numbers are read by {@link TlpNumbers}.
     *
     * @param header name of the column, which says how far its numbers can be trusted; empty for none
     * @return empty when a part of the cell is no marking
     */
    public static Optional<Tlp> tlp(String cell, String header) {
        Optional<Tlp> narrowest = Optional.empty();
        for (String part : cell.split("[,;|\\n]", -1)) {
            String word = part.strip();
            if (word.isEmpty() || word.toUpperCase(Locale.ROOT).startsWith("PAP")) {
                continue;
            }
            Optional<Tlp> one = TlpNumbers.isNumber(word) ? TlpNumbers.read(word, header) : oneTlp(word);
            if (one.isEmpty()) {
                return one;
            }
            narrowest = Optional.of(narrowest.map(one.get()::or).orElse(one.get()));
        }
        return narrowest;
    }

    private static Optional<Tlp> oneTlp(String given) {
        Optional<Tlp> plain = Tlp.parse(given);
        if (plain.isPresent()) {
            return plain;
        }
        String word = given.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s_:\uFF1A\\[\\]()\"-]+", "")
                .replaceFirst("^TLP2?", "");
        return Optional.ofNullable(
                switch (word) {
                    case "CLEAR", "WHITE", "БЕЛЫЙ", "WEISS", "OQ", "ОҚ", "FEHÉR", "하양", "흰색" -> Tlp.CLEAR;
                    case "GREEN", "ЗЕЛЕНЫЙ", "ЗЕЛЁНЫЙ", "GRÜN", "YASHIL", "ЯШИЛ", "ZÖLD", "초록", "녹색" -> Tlp.GREEN;
                    case "AMBER", "ЖЕЛТЫЙ", "ЖЁЛТЫЙ", "ЯНТАРНЫЙ", "GELB", "SARIQ", "САРИҚ", "SÁRGA", "황색", "노랑" ->
                        Tlp.AMBER;
                    case "AMBER+STRICT", "AMBERSTRICT" -> Tlp.AMBER_STRICT;
                    case "RED", "КРАСНЫЙ", "ROT", "QIZIL", "ҚИЗИЛ", "PIROS", "VÖRÖS", "빨강", "적색" -> Tlp.RED;
                    default -> null;
                });
    }

    /**
     * A moment: year first with any of {@code -/.} or as Hungarian and Korean write it, day first with dots, an epoch
     * in seconds, milliseconds or microseconds; with offset or in UTC. Day and month between slashes are taken where
     * one of them is above 12.
     *
     * @return microseconds since the epoch, or {@link StixTimestamp#INVALID}
     */
    public static long time(String cell) {
        String text = cell.strip();
        long stix = StixTimestamp.parse(text);
        if (stix != StixTimestamp.INVALID) {
            return stix;
        }
        if (EPOCH.matcher(text).matches()) {
            int dot = text.indexOf('.');
            String whole = dot < 0 ? text : text.substring(0, dot);
            long number = Long.parseLong(whole);
            return whole.length() == 10 ? number * 1_000_000 : whole.length() == 13 ? number * 1000 : number;
        }
        Matcher first = YEAR_FIRST.matcher(text);
        if (first.matches()) {
            return moment(first.group(1), first.group(2), first.group(3), first, 4);
        }
        Matcher last = YEAR_LAST.matcher(text);
        if (last.matches()) {
            int a = Integer.parseInt(last.group(1));
            int b = Integer.parseInt(last.group(3));
            boolean dots = last.group(2).equals(".");
            if (dots || a > 12 || a == b) {
                return moment(last.group(4), last.group(3), last.group(1), last, 5);
            }
            return b > 12 ? moment(last.group(4), last.group(1), last.group(3), last, 5) : StixTimestamp.INVALID;
        }
        return StixTimestamp.INVALID;
    }

    /** @param at the group of the hour; minute, second, fraction and zone follow */
    private static long moment(String year, String month, String day, Matcher found, int at) {
        try {
            LocalDate date = LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
            LocalTime time = found.group(at) == null
                    ? LocalTime.MIDNIGHT
                    : LocalTime.of(
                            Integer.parseInt(found.group(at)),
                            Integer.parseInt(found.group(at + 1)),
                            found.group(at + 2) == null ? 0 : Integer.parseInt(found.group(at + 2)),
                            found.group(at + 3) == null
                                    ? 0
                                    : Integer.parseInt((found.group(at + 3) + "00000000").substring(0, 9)));
            String zone = found.group(at + 4);
            ZoneOffset offset =
                    zone == null || Character.isLetter(zone.charAt(0)) ? ZoneOffset.UTC : ZoneOffset.of(zone);
            return StixTimestamp.micros(OffsetDateTime.of(date, time, offset).toInstant());
        } catch (DateTimeException e) {
            return StixTimestamp.INVALID; // the caller refuses the cell
        }
    }

    /** 0 to 100, as a number, in per cent or in words (STIX 2.1, appendix A); -1 for anything else. */
    public static int confidence(String cell) {
        Matcher number = PERCENT.matcher(cell);
        if (number.matches()) {
            int value = Integer.parseInt(number.group(1));
            return value <= 100 ? value : -1;
        }
        return switch (TypeWords.bare(cell)) {
            case "none" -> 0;
            case "low", "niedrig", "низкая", "низкий", "past", "паст", "alacsony", "낮음" -> 15;
            case "medium",
                    "med",
                    "moderate",
                    "mittel",
                    "средняя",
                    "средний",
                    "ortacha",
                    "ўртача",
                    "közepes",
                    "중간",
                    "보통" -> 50;
            case "high", "hoch", "высокая", "высокий", "yuqori", "юқори", "magas", "높음" -> 85;
            default -> -1;
        };
    }

    /** Whether a row is meant for detection, by yes, no or the word of a verdict; empty for anything else. */
    public static Optional<Boolean> detection(String cell) {
        String word = TypeWords.bare(cell);
        return HARMLESS.contains(word) || HARMFUL.contains(word) ? Optional.of(HARMFUL.contains(word)) : flag(cell);
    }

    /** Whether a word is that of a state that says whether a report still counts. */
    public static boolean isState(String cell) {
        String word = TypeWords.bare(cell);
        return ENDED.contains(word) || IN_FORCE.contains(word);
    }

    /** Whether a word is that of a state in which a report counts no more. */
    public static boolean isEnd(String cell) {
        return ENDED.contains(TypeWords.bare(cell));
    }

    /**
     * Whether a report is withdrawn, by yes, no, the word of a state or the moment at which it was.
     *
     * @param header name of the column: a state may be any word, and a moment needs a name that says whose it is
     * @return empty for anything else
     */
    public static Optional<Boolean> withdrawn(String cell, String header) {
        if (isState(cell)) {
            return Optional.of(isEnd(cell));
        }
        if (MOMENTS_OF_END.contains(TypeWords.bare(header)) && time(cell) != StixTimestamp.INVALID) {
            return Optional.of(true);
        }
        return flag(cell).or(() -> HeaderWords.isState(header) ? Optional.of(false) : Optional.empty());
    }

    /** Whether a report is in force, by yes, no or the word of a state; empty for anything else. */
    public static Optional<Boolean> inForce(String cell) {
        return isState(cell) ? Optional.of(!isEnd(cell)) : flag(cell);
    }

    /** Whether a word stands for the end of a report that has none. */
    public static boolean isEndless(String cell) {
        return ENDLESS.contains(TypeWords.bare(cell));
    }

    /** The marking that a label such as {@code tlp:red} says; empty for other labels. */
    public static Optional<Tlp> tlpOfLabel(String label) {
        String word = label.strip();
        boolean named = word.length() > 4
                && word.regionMatches(true, 0, "tlp", 0, 3)
                && !Character.isLetterOrDigit(word.charAt(3));
        return named ? oneTlp(word) : Optional.empty();
    }

    /** Yes or no; empty for anything else. */
    public static Optional<Boolean> flag(String cell) {
        String word = APOSTROPHES.matcher(cell.strip().toLowerCase(Locale.ROOT)).replaceAll("");
        if (YES.contains(word)) {
            return Optional.of(true);
        }
        return NO.contains(word) ? Optional.of(false) : Optional.empty();
    }
}
