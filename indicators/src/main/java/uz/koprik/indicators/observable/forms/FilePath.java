package uz.koprik.indicators.observable.forms;

import java.util.regex.Pattern;

/**
 * Names and paths of files. Both keep their case, since patterns are compared with it; separators and the letter of a
 * drive have one form.
 */
public final class FilePath {

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_PATH = 4096;

    private static final Pattern VARIABLE = Pattern.compile("%[A-Za-z0-9_()]{2,40}%[\\\\/].*", Pattern.DOTALL);

    private FilePath() {}

    /** The name of a file without its folder, or null. */
    public static String name(String text) {
        String name = unquoted(text);
        boolean good = !name.isEmpty() && name.length() <= LONGEST_NAME && !name.equals(".") && !name.equals("..");
        for (int i = 0; good && i < name.length(); i++) {
            char c = name.charAt(i);
            good = c != '/' && c != '\\' && !Character.isISOControl(c);
        }
        return good ? name : null;
    }

    /**
     * A path with a folder and a name, or null: of a drive, a server ({@code \\server\share\…}), Unix or a variable.
     */
    public static String path(String text) {
        String path = unquoted(text);
        if (path.length() > LONGEST_PATH || path.chars().anyMatch(Character::isISOControl)) {
            return null;
        }
        String normal = isDrive(path) || isVariable(path) ? windows(path) : isServer(path) ? server(path) : unix(path);
        if (normal == null) {
            return null;
        }
        int separator = separator(normal);
        return separator <= 0 && !normal.startsWith("/") || separator == normal.length() - 1 ? null : normal;
    }

    /** Whether a text is the path of a file on Windows, by its first characters: {@code C:\…}, {@code \\server\…}. */
    public static boolean isWindows(String text) {
        return (isDrive(text) && text.charAt(2) == '\\') || isServer(text) || isVariable(text);
    }

    /** The folder of a path in normal form. */
    public static String folder(String path) {
        int separator = separator(path);
        boolean root = separator == 0 || (separator == 2 && isDrive(path));
        return path.substring(0, root ? separator + 1 : separator);
    }

    /** The name of the file at a path in normal form. */
    public static String nameOf(String path) {
        return path.substring(separator(path) + 1);
    }

    /** The path of a name in a folder. */
    public static String join(String folder, String name) {
        boolean windows = folder.indexOf('\\') >= 0 || isDrive(folder + '\\');
        char separator = windows ? '\\' : '/';
        boolean ends = folder.endsWith("\\") || folder.endsWith("/");
        return ends ? folder + name : folder + separator + name;
    }

    private static int separator(String path) {
        return Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
    }

    private static boolean isDrive(String text) {
        if (text.length() < 3 || text.charAt(1) != ':') {
            return false;
        }
        char letter = (char) (text.charAt(0) | 0x20);
        char third = text.charAt(2);
        return letter >= 'a' && letter <= 'z' && (third == '\\' || third == '/');
    }

    private static boolean isVariable(String text) {
        return !text.isEmpty()
                && text.charAt(0) == '%'
                && VARIABLE.matcher(text).matches();
    }

    private static boolean isServer(String text) {
        return text.length() > 4 && text.startsWith("\\\\") && text.charAt(2) != '\\' && text.indexOf('\\', 3) > 0;
    }

    private static String windows(String path) {
        String one = collapsed(path.replace('/', '\\'), '\\');
        return isDrive(one) ? Character.toUpperCase(one.charAt(0)) + one.substring(1) : one;
    }

    /** At least a server, a share and a name. */
    private static String server(String path) {
        String one = '\\' + collapsed(path.replace('/', '\\'), '\\');
        int share = one.indexOf('\\', 2);
        return share > 0 && one.indexOf('\\', share + 1) > 0 ? one : null;
    }

    private static String unix(String path) {
        boolean whole = path.startsWith("/") && !path.startsWith("//");
        return (whole || path.startsWith("~/")) && path.indexOf('\\') < 0 ? collapsed(path, '/') : null;
    }

    /** Without repeated separators, as escapes leave them, and without one at the end. */
    private static String collapsed(String path, char separator) {
        StringBuilder out = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != separator || out.isEmpty() || out.charAt(out.length() - 1) != separator) {
                out.append(c);
            }
        }
        boolean folder = out.length() > 3 && out.charAt(out.length() - 1) == separator;
        return folder ? out.substring(0, out.length() - 1) : out.toString();
    }

    private static String unquoted(String text) {
        int last = text.length() - 1;
        boolean quoted = last > 1
                && (text.charAt(0) == '"' || text.charAt(0) == '\'' || text.charAt(0) == '`')
                && text.charAt(last) == text.charAt(0);
        return quoted ? text.substring(1, last).strip() : text;
    }
}
