package uz.koprik.indicators.imports.layout;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.koprik.indicators.policy.Markings;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.values.StixTimestamp;

/** Reads cells that are no values: times, markings, labels, grades, yes and no. */
public final class CellForms {

    /** Hour, minute, second, fraction, half of the day and zone. */
    private static final String TIME =
            "(?:(?:[T ,@]+| at )(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?(?: ?(AM|PM)\\b| ?Uhr)?)?"
                    + "\\s*(Z|UTC|GMT|(?:UTC|GMT)?[+-]\\d{1,2}(?::?\\d{2})?)?";

    private static final Pattern YEAR_FIRST = Pattern.compile(
            "(\\d{4})(?:[-/]|\\. ?|년 ?)(\\d{1,2})(?:[-/]|\\. ?|월 ?)(\\d{1,2})[.일]?" + TIME, Pattern.CASE_INSENSITIVE);
    private static final Pattern YEAR_LAST =
            Pattern.compile("(\\d{1,2})([./-])(\\d{1,2})\\2(\\d{4})" + TIME, Pattern.CASE_INSENSITIVE);
    /** As MISP writes dates in tables, with a time or without. */
    private static final Pattern BARE =
            Pattern.compile("((?:19|20)\\d{2})(\\d{2})(\\d{2})(?:T?(\\d{2})(\\d{2})(\\d{2})Z?)?");

    private static final Pattern DAY_AND_WORD = Pattern.compile(
            "(?:\\p{L}{2,9}\\.?, ?)?(\\d{1,2})(?:\\.? |-)(\\p{L}{3,9})\\.?(?:,? |-)(\\d{4})(?: г\\.?)?" + TIME,
            Pattern.CASE_INSENSITIVE);
    private static final Pattern WORD_AND_DAY =
            Pattern.compile("(\\p{L}{3,9})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})" + TIME, Pattern.CASE_INSENSITIVE);

    /** How the names of months begin, in English, German and Russian. */
    private static final List<String> MONTHS = List.of(
            "jan jän янв",
            "feb фев",
            "mar mär мар",
            "apr апр",
            "may mai май мая",
            "jun июн",
            "jul июл",
            "aug авг",
            "sep сен",
            "oct okt окт",
            "nov ноя",
            "dec dez дек");

    private static final Pattern ZONE_WORD = Pattern.compile("Z|UTC|GMT", Pattern.CASE_INSENSITIVE);

    private static final Pattern EPOCH = Pattern.compile("(\\d{10}|\\d{13}|\\d{16})(?:\\.\\d{1,6})?");
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3})(?:[.,](\\d+))?\\s*%?");

    /** With the words that spreadsheets write for logical values. */
    private static final List<String> YES =
            List.of(("true yes y 1 x t ja wahr да истина ha rost ҳа рост igen igaz 예 네 참 on" + " " + LanguageWords.YES)
                    .split(" "));

    private static final List<String> NO =
            List.of(("false no n 0 f nein falsch нет ложь yoq yolgon йўқ ёлғон nem hamis 아니오 아니요 거짓 off - none" + " "
                            + LanguageWords.NO)
                    .split(" "));

    private static final Pattern QUOTES = Pattern.compile("(?:^|(?<=[,\\s]))[\"']([^\"']*)[\"'](?=\\s*(?:,|$))");

    /** The apostrophes of Uzbek, as keyboards have them. */
    private static final Pattern APOSTROPHES = Pattern.compile("['`\u00B4\u2018\u2019\u02BB\u02BC]");

    /** Words for a report that does not end, without case, blanks and punctuation. */
    private static final Set<String> ENDLESS =
            Set.of(("never unlimited permanent indefinite бессрочно бессрочный неограничено unbegrenzt unbefristet"
                            + " muddatsiz cheksiz муддатсиз чексиз határozatlan korlátlan 무기한 영구" + " "
                            + LanguageWords.ENDLESS)
                    .split(" "));

    /** Words of states in which a report counts no more, without case, blanks and punctuation. */
    private static final Set<String> ENDED = Set.of(
            ("revoked withdrawn deleted removed retracted expired inactive retired falsepos fp disabled disable benign cleared"
                            + " deactivated archived superseded invalid notvalid notactive невалиден просрочен просрочена просрочено"
                            + " недействителен недействительна неактуален неактуальна отменен отменён отменена eskirgan эскирган"
                            + " yaroqsiz яроқсиз ungültig deaktiviert érvénytelen 해제 해지 무효"
                            + " whitelisted allowlisted"
                            + " deprecated obsolete cancelled falsepositive отозван отозвана отозвано истек истёк истекла неактивен"
                            + " неактивна удален удалён снят снята снято аннулирован widerrufen zurückgezogen abgelaufen inaktiv gelöscht visszavont"
                            + " visszavonva lejárt inaktív törölt bekorqilingan бекорқилинган nofaol нофаол 철회 철회됨 만료 만료됨"
                            + " 비활성 폐기" + " " + LanguageWords.ENDED)
                    .split(" "));

    private static final Set<String> IN_FORCE = Set.of(
            ("active valid current enabled enable inforce live актуален актуальна активен активна действует действителен aktiv gültig faol фаол aktív"
                            + " érvényes 활성 유효" + " " + LanguageWords.IN_FORCE)
                    .split(" "));

    /** Verdicts on values that nobody should block, without case, blanks and punctuation. */
    private static final Set<String> HARMLESS =
            Set.of(("benign clean harmless allow allowed whitelist whitelisted allowlist"
                            + " nospecificthreat nothreat nothreats nothreatfound nothreatsfound undetected allowlisted good legitimate legit safe trusted noaction ignore ignored falsepositive falsepos"
                            + " notmalicious безвредный безвредно чистый разрешить harmlos"
                            + " zararsiz зарарсиз ártalmatlan 정상 허용" + " " + LanguageWords.HARMLESS)
                    .split(" "));

    private static final Set<String> HARMFUL = Set.of(
            ("malicious malware phishing suspicious bad harmful block blocked blockandremediate alert alertandblock warn"
                            + " audit deny drop quarantine prevent detect monitor poor untrusted вредоносный вредоносно блокировать schädlich zararli зарарли"
                            + " kártékony 악성 차단")
                    .split(" "));

    private static final Map<String, Tlp> COLOURS = colours();
    private static final Map<String, Integer> GRADES = grades();

    private CellForms() {}

    /** A text without the blanks around it, also those that do not break a line or have no width. */
    public static String stripped(String cell) {
        int from = 0;
        int to = cell.length();
        while (from < to && isBlank(cell.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(cell.charAt(to - 1))) {
            to--;
        }
        return cell.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c < 0x80
                ? Character.isWhitespace(c)
                : Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u200B' || c == '\uFEFF';
    }

    /** Whether a cell says that there is nothing: {@code None}, {@code n/a}, {@code -}. */
    public static boolean isNothing(String cell) {
        return switch (cell.length() > 4 ? "" : cell.toLowerCase(Locale.ROOT)) {
            case "none", "null", "nan", "n/a", "na", "-", "--", "nil" -> true;
            default -> false;
        };
    }

    /** Words between bars; where there is none, between commas or semicolons. */
    public static List<String> labels(String cell) {
        if (cell.length() > 2 && cell.charAt(0) == '[' && cell.endsWith("]")) { // a list of a program
            return labels(QUOTES.matcher(cell.substring(1, cell.length() - 1)).replaceAll("$1"));
        }
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
        Optional<Tlp> plain = Tlp.parse(given).or(() -> Markings.tlp(given));
        if (plain.isPresent()) {
            return plain;
        }
        String word = given.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s_:.\uFF1A\\[\\]()<>\"-]+", "")
                .replaceFirst("^TLP(?:V?20?)?", "");
        return Optional.ofNullable(
                switch (word) {
                    case "CLEAR", "WHITE", "БЕЛЫЙ", "WEISS", "OQ", "ОҚ", "FEHÉR", "하양", "흰색", "하얀색" -> Tlp.CLEAR;
                    case "GREEN", "ЗЕЛЕНЫЙ", "ЗЕЛЁНЫЙ", "GRÜN", "YASHIL", "ЯШИЛ", "ZÖLD", "초록", "녹색", "초록색" ->
                        Tlp.GREEN;
                    case "AMBER",
                            "ЖЕЛТЫЙ",
                            "ЖЁЛТЫЙ",
                            "ЯНТАРНЫЙ",
                            "GELB",
                            "SARIQ",
                            "САРИҚ",
                            "SÁRGA",
                            "황색",
                            "노랑",
                            "노란색",
                            "주황색" -> Tlp.AMBER;
                    case "AMBER+STRICT", "AMBERSTRICT" -> Tlp.AMBER_STRICT;
                    case "RED", "КРАСНЫЙ", "ROT", "QIZIL", "ҚИЗИЛ", "PIROS", "VÖRÖS", "빨강", "적색", "빨간색" -> Tlp.RED;
                    default -> COLOURS.get(word);
                });
    }

    private static Map<String, Tlp> colours() {
        Map<String, Tlp> colours = new HashMap<>();
        LanguageWords.COLOURS.forEach((name, words) ->
                words.forEach(word -> colours.put(word, Tlp.parse(name).orElseThrow())));
        return Map.copyOf(colours);
    }

    private static Map<String, Integer> grades() {
        Map<String, Integer> grades = new HashMap<>();
        Map.of(15, LanguageWords.LOW, 50, LanguageWords.MEDIUM, 85, LanguageWords.HIGH)
                .forEach((grade, words) -> List.of(words.split(" ", -1)).forEach(word -> grades.put(word, grade)));
        return Map.copyOf(grades);
    }

    /**
     * A moment: year first with any of {@code -/.} or as Hungarian and Korean write it, day first with dots, an epoch
     * in seconds, milliseconds or microseconds, without signs or with the name of the month; with offset or in UTC. Day
     * and month between slashes are taken where one of them is above 12.
     *
     * @return microseconds since the epoch, or {@link StixTimestamp#INVALID}
     */
    public static long time(String cell) {
        String text = cell.strip();
        long stix = StixTimestamp.parse(text);
        if (stix != StixTimestamp.INVALID) {
            return stix;
        }
        if (text.length() == 10 && text.charAt(4) == '-' && text.charAt(7) == '-') { // most dates
            long day = StixTimestamp.parse(text + "T00:00:00Z");
            if (day != StixTimestamp.INVALID) {
                return day;
            }
        }
        if (EPOCH.matcher(text).matches()) {
            int dot = text.indexOf('.');
            String whole = dot < 0 ? text : text.substring(0, dot);
            long number = Long.parseLong(whole);
            return whole.length() == 10 ? number * 1_000_000 : whole.length() == 13 ? number * 1000 : number;
        }
        Matcher bare = BARE.matcher(text);
        if (bare.matches()) {
            String clock =
                    bare.group(4) == null ? "" : 'T' + bare.group(4) + ':' + bare.group(5) + ':' + bare.group(6) + 'Z';
            return time(bare.group(1) + '-' + bare.group(2) + '-' + bare.group(3) + clock);
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
        Matcher day = DAY_AND_WORD.matcher(text);
        if (day.matches()) {
            return moment(day.group(3), month(day.group(2)), day.group(1), day, 4);
        }
        Matcher word = WORD_AND_DAY.matcher(text);
        if (word.matches()) {
            return moment(word.group(3), month(word.group(1)), word.group(2), word, 4);
        }
        return StixTimestamp.INVALID;
    }

    /** The number of a month; 0 for another word. */
    private static String month(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String begin = lower.substring(0, lower.startsWith("jui") ? Math.min(4, lower.length()) : 3);
        for (int i = 0; i < MONTHS.size(); i++) {
            if (MONTHS.get(i).contains(begin) || LanguageWords.MONTHS.get(i).contains(begin)) {
                return String.valueOf(i + 1);
            }
        }
        return "0";
    }

    /** @param at the group of the hour; minute, second, fraction and zone follow */
    private static long moment(String year, String month, String day, Matcher found, int at) {
        try {
            LocalDate date = LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
            LocalTime time = found.group(at) == null
                    ? LocalTime.MIDNIGHT
                    : LocalTime.of(
                            hour(Integer.parseInt(found.group(at)), found.group(at + 4)),
                            Integer.parseInt(found.group(at + 1)),
                            found.group(at + 2) == null ? 0 : Integer.parseInt(found.group(at + 2)),
                            found.group(at + 3) == null
                                    ? 0
                                    : Integer.parseInt((found.group(at + 3) + "00000000").substring(0, 9)));
            String zone = found.group(at + 5);
            String apart = zone == null ? "" : ZONE_WORD.matcher(zone).replaceFirst("");
            ZoneOffset offset = apart.isEmpty() ? ZoneOffset.UTC : ZoneOffset.of(apart);
            return StixTimestamp.micros(OffsetDateTime.of(date, time, offset).toInstant());
        } catch (DateTimeException e) {
            return StixTimestamp.INVALID; // the caller refuses the cell
        }
    }

    /** @param half AM or PM, or null for a clock of 24 hours */
    private static int hour(int hour, String half) {
        if (half == null) {
            return hour;
        }
        if (hour < 1 || hour > 12) {
            throw new DateTimeException("no hour of half a day");
        }
        return hour % 12 + (half.equalsIgnoreCase("PM") ? 12 : 0);
    }

    /** 0 to 100, as a number, in per cent or in words (STIX 2.1, appendix A); -1 for anything else. */
    public static int confidence(String cell) {
        Matcher number = PERCENT.matcher(cell);
        if (number.matches()) {
            int value = Integer.parseInt(number.group(1));
            boolean whole = number.group(2) == null || number.group(2).matches("0+");
            // Below 2, a fraction may be a share of 1 as well as a per cent.
            return value <= 100 && (whole || (value > 1 && value < 100)) ? value : -1;
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
            default -> GRADES.getOrDefault(TypeWords.bare(cell), -1);
        };
    }

    /** Whether a word says that nobody judged how sure a report is. */
    public static boolean isUngraded(String cell) {
        return switch (TypeWords.bare(cell)) {
            case "unknown", "unverified", "undefined", "notspecified", "notset", "неизвестно", "unbekannt", "nomalum" ->
                true;
            default -> isNothing(cell);
        };
    }

    /** Whether a row is meant for detection, by yes, no or the word of a verdict; empty for anything else. */
    public static Optional<Boolean> detection(String cell) {
        String word = TypeWords.bare(cell);
        return HARMLESS.contains(word) || HARMFUL.contains(word) ? Optional.of(HARMFUL.contains(word)) : flag(cell);
    }

    /** Whether a word is that of a verdict; yes and no are none. */
    public static boolean isVerdict(String cell) {
        String word = TypeWords.bare(cell);
        return HARMLESS.contains(word) || HARMFUL.contains(word);
    }

    /**
     * As {@link #detection(String)}, in a column of this name: any other word of a verdict says that a value counts.
     */
    public static Optional<Boolean> detection(String cell, String header) {
        return HeaderWords.isGrade(header)
                ? Optional.of(!HARMLESS.contains(TypeWords.bare(cell)))
                : detection(cell).or(() -> HeaderWords.isVerdict(header) ? Optional.of(true) : Optional.empty());
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
        if (HeaderWords.isMomentOfEnd(header) && time(cell) != StixTimestamp.INVALID) {
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

    /** Whether a cell is a marking that names TLP. */
    public static boolean isMarking(String cell) {
        return cell.regionMatches(true, 0, "tlp", 0, 3) && tlp(cell, "").isPresent() && !TlpNumbers.has(cell);
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
