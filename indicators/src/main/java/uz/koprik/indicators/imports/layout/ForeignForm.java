package uz.koprik.indicators.imports.layout;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Files that are no tables, lists or STIX 2: says what they look like and what to do. */
public final class ForeignForm {

    private record Form(Pattern look, String sentence) {}

    private static final List<Form> FORMS = List.of(
            form(
                    "<[^>]*openioc|schemas\\.mandiant\\.com|<ioc\\b",
                    "the file looks like OpenIOC (XML), which is not read; export it as STIX 2.1, CSV or a list of values"),
            form(
                    "stix_package|stix\\.mitre\\.org/stix-1|cybox\\.mitre\\.org",
                    "the file looks like STIX 1.x (XML); convert it to STIX 2.1 (stix2-elevator does) and import the result"),
            form(
                    "<!doctype html|<html\\b",
                    "the file looks like a web page (HTML); import it with --text, or copy the values into a list"),
            form("<\\?xml|^\\s*<[a-z!]", "the file looks like XML, which is not read; export it as STIX 2.1 or CSV"),
            form("^%pdf-", "the file looks like a PDF; import it with --text"),
            form("^\\{\\\\rtf", "the file looks like RTF; save it as text, and import it with --text"),
            form(
                    "\\A(?:(?:from|received|return-path|delivered-to|message-id|mime-version|subject|date|to|x-[a-z-]+):"
                            + "[^\\n]*\\n(?:[ \\t][^\\n]*\\n)*){2}",
                    "the file looks like an e-mail; import it with --text"));

    private ForeignForm() {}

    private static Form form(String look, String sentence) {
        return new Form(Pattern.compile(look, Pattern.CASE_INSENSITIVE), sentence);
    }

    /**
     * What a file looks like that cannot be imported.
     *
     * @param head its beginning
     */
    public static Optional<String> problem(String head) {
        String start = head.stripLeading();
        if (start.isEmpty()) {
            return Optional.empty();
        }
        char first = start.charAt(0);
        String begin = start.length() > 4096 ? start.substring(0, 4096) : start;
        begin = begin.replace("\r\n", "\n");
        for (Form form : FORMS) {
            boolean markup =
                    form.look.pattern().startsWith("\\A") || form.look.pattern().startsWith("^") || first == '<';
            if (markup && form.look.matcher(begin).find()) {
                return Optional.of(form.sentence);
            }
        }
        return Optional.empty();
    }

    /** What a JSON text without known values looks like, by the names of its members. */
    public static String json(List<String> members) {
        String names = members.stream()
                .limit(6)
                .map(ColumnChoice::shown)
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        List<String> lower =
                members.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        String like = "";
        if (lower.contains("attributes") || lower.equals(List.of("data"))) {
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
        return "the JSON is no STIX, MISP or known list of values"
                + (like.isEmpty() ? "" : ": it looks like " + like)
                + (names.isEmpty() ? "" : "; its members are " + names)
                + "; write it as STIX 2.1, CSV, or a list of objects with \"value\" and \"type\"";
    }
}
