package uz.koprik.indicators.observable;

import java.util.Locale;
import uz.koprik.indicators.observable.forms.FilePath;

/**
 * The form of a value by which it is compared with others, where that is not its normal form: names of files and paths
 * of Windows without case, and URLs whose host is a number as browsers read it.
 */
final class ComparedForm {

    private ComparedForm() {}

    /** The same value where both forms are one. */
    static Observable of(Observable value) {
        return switch (value.kind()) {
            case FILE_NAME -> folded(value);
            case FILE_PATH -> FilePath.isWindows(value.value()) ? folded(value) : value;
            case URL -> url(value);
            default -> value;
        };
    }

    private static Observable folded(Observable value) {
        String text = value.value();
        String lower = text.toLowerCase(Locale.ROOT);
        boolean drive = value.kind() == ObservableKind.FILE_PATH && Ascii.isLetter(text.charAt(0));
        String folded = drive ? text.charAt(0) + lower.substring(1) : lower;
        return folded.equals(text) ? value : new Observable(value.kind(), folded);
    }

    private static Observable url(Observable value) {
        String url = value.value();
        int from = url.indexOf("://") + 3;
        int to = from;
        while (to < url.length() && "/?#".indexOf(url.charAt(to)) < 0) {
            to++;
        }
        int name = url.lastIndexOf('@', to - 1);
        from = name >= from ? name + 1 : from;
        int port = url.indexOf(':', from);
        to = port >= 0 && port < to ? port : to;
        if (IpAddress.isV4(url, from, to)) {
            return value;
        }
        int begin = from;
        int end = to;
        return IpAddress.asBrowsersRead(url.substring(from, to))
                .map(host -> new Observable(value.kind(), url.substring(0, begin) + host + url.substring(end)))
                .orElse(value);
    }
}
