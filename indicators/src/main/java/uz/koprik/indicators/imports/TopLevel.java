package uz.koprik.indicators.imports;

import java.util.ArrayList;
import java.util.List;

/** Looks at the outermost members of a JSON object of which only the beginning is known. */
public final class TopLevel {

    private TopLevel() {}

    /**
     * Whether it is a bundle or an envelope rather than a single object: its type is bundle, or it has a list of
     * objects, or it has no type at all as far as can be seen.
     */
    public static boolean isCollection(String json) {
        int depth = 0;
        String name = "";
        boolean typed = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '"') {
                int end = endOfString(json, i);
                if (depth == 1) {
                    String text = json.substring(i + 1, Math.min(end, json.length()));
                    if (name.isEmpty()) {
                        name = text;
                    } else if (name.equals("type")) {
                        typed = true;
                        if (text.equals("bundle")) {
                            return true;
                        }
                    }
                }
                i = end;
            } else if (c == '{' || c == '[') {
                if (depth == 1 && c == '[' && name.equals("objects")) {
                    return true;
                }
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            } else if (c == ',' && depth == 1) {
                name = "";
            }
        }
        return !typed;
    }

    /** Whether a text is one whole JSON object by its brackets. */
    static boolean isClosed(String json) {
        int depth = 0;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '"') {
                i = endOfString(json, i);
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            }
        }
        return depth == 0;
    }

    /** The names of the outermost members, as far as they can be seen. */
    static List<String> members(String json) {
        List<String> names = new ArrayList<>();
        int depth = 0;
        boolean value = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '"') {
                int end = endOfString(json, i);
                if (depth == 1 && !value && end < json.length()) {
                    names.add(json.substring(i + 1, end));
                }
                i = end;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                if (--depth == 0) {
                    return names; // one object may follow another
                }
            } else if (depth == 1) {
                value = c == ':' || (value && c != ',');
            }
        }
        return names;
    }

    /** Position of the closing quote, or the length when it is beyond. */
    private static int endOfString(String json, int open) {
        for (int i = open + 1; i < json.length(); i++) {
            if (json.charAt(i) == '\\') {
                i++;
            } else if (json.charAt(i) == '"') {
                return i;
            }
        }
        return json.length();
    }
}
