package uz.koprik.indicators.imports.layout;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import uz.koprik.indicators.wording.Sentence;

/** Files that are no tables, lists or STIX 2: says what they look like and what to do. */
public final class ForeignForm {

    private record Form(Pattern look, FileFault fault, String language) {}

    private static final List<Form> FORMS = List.of(
            form("<[^>]*openioc|schemas\\.mandiant\\.com|<ioc\\b", FileFault.OPEN_IOC),
            form("stix_package|stix\\.mitre\\.org/stix-1|cybox\\.mitre\\.org", FileFault.STIX_1),
            form("<!doctype html|<html\\b", FileFault.WEB_PAGE),
            form("<\\?xml|^\\s*<[a-z!]", FileFault.OTHER_XML),
            form("^%pdf-", FileFault.PDF),
            log("CEF", "\\A(?:[^\\n]{0,200}\\s)?CEF:[01]\\|[^|\\n]*\\|[^|\\n]*\\|"),
            log("LEEF", "\\A(?:[^\\n]{0,200}\\s)?LEEF:[12]\\.0\\|[^|\\n]*\\|[^|\\n]*\\|"),
            rules(
                    "YARA",
                    "(?ms)\\A(?=.{0,4000}?^\\s{0,8}(?:strings|meta|condition)\\s?:)"
                            + ".{0,4000}?^(?:private |global )?rule\\s+\\w+\\s*(?::[^{\\n]*)?\\s*\\{"),
            rules("Sigma", "(?ms)\\A(?=.{0,4000}?^logsource:\\s).{0,4000}?^detection:\\s"),
            form("^\\{\\\\rtf", FileFault.RTF),
            form(
                    "\\A(?:(?:from|received|return-path|delivered-to|message-id|mime-version|subject|date|to|x-[a-z-]+):"
                            + "[^\\n]*\\n(?:[ \\t][^\\n]*\\n)*){2}",
                    FileFault.E_MAIL));

    /** Lines that are looked at. */
    private static final int MOST_LINES = 100;

    private ForeignForm() {}

    private static Form form(String look, FileFault fault) {
        return new Form(Pattern.compile(look, Pattern.CASE_INSENSITIVE), fault, "");
    }

    private static Form log(String language, String look) {
        return new Form(Pattern.compile(look), FileFault.LOG, language);
    }

    private static Form rules(String language, String look) {
        return new Form(Pattern.compile(look), FileFault.DETECTION_RULES, language);
    }

    /**
     * What a file looks like that cannot be imported.
     *
     * @param head its beginning
     */
    public static Optional<Sentence> problem(String head) {
        String start = head.stripLeading();
        if (start.isEmpty()) {
            return Optional.empty();
        }
        char first = start.charAt(0);
        if (first == '<' && RuleReader.reads(start.lines().limit(MOST_LINES).toList())) {
            return Optional.empty(); // settings of Apache
        }
        String begin = start.length() > 4096 ? start.substring(0, 4096) : start;
        begin = begin.replace("\r\n", "\n");
        for (Form form : FORMS) {
            boolean markup =
                    form.look.pattern().contains("\\A") || form.look.pattern().startsWith("^") || first == '<';
            if (markup && form.look.matcher(begin).find()) {
                return Optional.of(form.language.isEmpty() ? form.fault.of() : form.fault.of(form.language));
            }
        }
        return Optional.empty();
    }

    /** Whether a JSON text with these members has values that nobody reports. */
    public static boolean isHarmless(List<String> members) {
        return isWarningList(members) || isGalaxy(members);
    }

    private static boolean isWarningList(List<String> members) {
        return members.contains("list") && members.contains("matching_attributes");
    }

    private static boolean isGalaxy(List<String> members) {
        return members.contains("values") && members.contains("authors") && members.contains("uuid");
    }

    /** What a JSON text without known values looks like, by the names of its members. */
    public static Sentence json(List<String> members) {
        String names = members.stream()
                .limit(6)
                .map(ColumnChoice::shown)
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        List<String> lower =
                members.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        String like = "";
        if (isWarningList(members)) {
            like = "a warning list of MISP, whose values are harmless";
        } else if (isGalaxy(members)) {
            like = "a galaxy of MISP, which has names of actors and tools";
        } else if (lower.contains("attributes") || lower.equals(List.of("data"))) {
            like = "an answer of VirusTotal without type and id of a file, domain, address or URL";
        } else if (lower.contains("query_status")) {
            like = "an answer of abuse.ch without data";
        } else if (lower.contains("rules") || lower.contains("detection")) {
            like = "detection rules";
        } else if (lower.contains("techniques") && lower.contains("domain")) {
            like = "a layer of ATT&CK Navigator";
        } else if (lower.contains("openapi") || lower.contains("$schema")) {
            like = "a schema";
        }
        if (names.isEmpty()) {
            return FileFault.JSON_WITHOUT_MEMBERS.of();
        }
        return FileFault.JSON_WITHOUT_VALUES.of(like.isEmpty() ? "" : "it looks like " + like, names);
    }
}
