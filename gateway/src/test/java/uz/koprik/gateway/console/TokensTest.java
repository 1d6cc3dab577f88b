package uz.koprik.gateway.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The colours of tokens.css have the contrast of WCAG 2.2 AA, light and dark; no other file names a colour. */
final class TokensTest {

    private static final Pattern TOKEN = Pattern.compile("--([a-z0-9-]+): (#[0-9a-f]{6}|var\\(--([a-z0-9-]+)\\));");
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{3,8}\\b(?=[;\\s,)])|\\brgba?\\(|\\bhsla?\\(");
    private static final double TEXT = 4.5;
    private static final double BOUNDARY = 3;
    private static final List<String> STATES = List.of("ok", "notice", "warning", "danger");
    private static final List<String> BACKGROUNDS =
            List.of("surface", "surface-raised", "surface-sunken", "surface-hover");

    private final Map<String, String> light = new HashMap<>();
    private final Map<String, String> dark = new HashMap<>();

    TokensTest() throws Exception {
        String css = Files.readString(ConsoleTexts.ROOT.resolve("kit/tokens.css"));
        int change = css.indexOf(":root[data-theme=\"dark\"]");
        read(css.substring(0, change), light);
        dark.putAll(light);
        read(css.substring(change, css.indexOf('}', change)), dark);
    }

    private static void read(String css, Map<String, String> tokens) {
        Matcher token = TOKEN.matcher(css);
        while (token.find()) {
            tokens.put(token.group(1), token.group(2));
        }
    }

    @Test
    void textIsReadableOnAllSurfaces() {
        List<String> faults = new ArrayList<>();
        for (Map<String, String> theme : List.of(light, dark)) {
            String name = theme.equals(light) ? "light " : "dark ";
            for (String background : BACKGROUNDS) {
                for (String text : List.of("text", "text-quiet", "accent-text")) {
                    check(faults, name, theme, text, background, TEXT);
                }
                check(faults, name, theme, "border-strong", background, BOUNDARY);
            }
            for (String text : List.of("text", "text-quiet", "accent-text")) {
                check(faults, name, theme, text, "accent-surface", TEXT);
            }
            check(faults, name, theme, "accent-on", "accent", TEXT);
            check(faults, name, theme, "accent-on", "accent-hover", TEXT);
            check(faults, name, theme, "danger-on", "danger", TEXT);
            check(faults, name, theme, "danger-on", "danger-hover", TEXT);
            check(faults, name, theme, "grey-0", "grey-8", TEXT);
            for (String state : STATES) {
                check(faults, name, theme, state + "-text", state + "-surface", TEXT);
                check(faults, name, theme, "text", state + "-surface", TEXT);
                check(faults, name, theme, state + "-text", "surface-raised", TEXT);
                check(faults, name, theme, state + "-text", "surface", TEXT);
                check(faults, name, theme, state + "-border", "surface-raised", BOUNDARY);
            }
            for (String tlp : List.of("tlp-red", "tlp-amber", "tlp-green", "tlp-clear")) {
                check(faults, name, theme, tlp, "tlp-back", TEXT);
            }
            for (int chart = 1; chart <= 6; chart++) {
                check(faults, name, theme, "chart-" + chart, "surface-raised", BOUNDARY);
            }
        }
        assertEquals("", String.join("\n", faults));
    }

    private static void check(
            List<String> faults, String name, Map<String, String> theme, String front, String back, double least) {
        double contrast = contrast(luminance(theme, front), luminance(theme, back));
        if (contrast < least) {
            faults.add(name + front + " on " + back + ": " + Math.round(contrast * 100) / 100.0);
        }
    }

    private static double contrast(double one, double other) {
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    }

    /** Relative luminance (WCAG 2.2). */
    private static double luminance(Map<String, String> theme, String token) {
        String value = theme.get(token);
        assertTrue(value != null, () -> "tokens.css lacks --" + token);
        if (value.startsWith("var(")) {
            return luminance(theme, value.substring("var(--".length(), value.length() - 1));
        }
        return 0.2126 * channel(value, 1) + 0.7152 * channel(value, 3) + 0.0722 * channel(value, 5);
    }

    private static double channel(String colour, int from) {
        double part = Integer.parseInt(colour.substring(from, from + 2), 16) / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }

    @Test
    void onlyTheTokensNameColours() throws Exception {
        List<String> faults = new ArrayList<>();
        for (Map.Entry<Path, String> module : ConsoleTexts.modules().entrySet()) {
            Matcher colour = COLOUR.matcher(module.getValue());
            if (colour.find()) {
                faults.add(module.getKey() + ": " + colour.group());
            }
        }
        assertEquals("", String.join("\n", faults));
    }
}
