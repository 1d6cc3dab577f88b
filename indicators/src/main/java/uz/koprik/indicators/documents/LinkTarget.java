package uz.koprik.indicators.documents;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.koprik.indicators.observable.text.url.WrappedLinks;

/** Where a link leads. */
final class LinkTarget {

    private static final int DEEPEST = 3;

    /** Services that check or count clicks and carry the address they lead to. */
    private static final Pattern WRAPPED = Pattern.compile(
            "(?i)https?://(?:[a-z0-9-]+\\.safelinks\\.protection\\.outlook\\.com/|(?:www\\.)?google\\.[a-z.]{2,6}/url(?=\\?)"
                    + "|l\\.facebook\\.com/l\\.php(?=\\?)|urldefense\\.(?:proofpoint\\.)?com/v[12]/"
                    + "|linkprotect\\.cudasvc\\.com/url(?=\\?)).*?[?&](?:url|q|u|a)=([^&]+).*");

    /** Services that have the address they lead to in their path. */
    private static final Pattern IN_PATH = Pattern.compile(
            "(?i)https?://(?:urldefense\\.(?:com|us)/v3/__.+__;.*|secure-web\\.cisco\\.com/.+/https?%3A.*)");

    private LinkTarget() {}

    /**
     * The address that a link leads to, without services in between; empty for targets inside the document and for
     * scripts.
     */
    static Optional<String> of(String href) {
        String target = href.strip().replaceAll("[\\r\\n\\t]", "");
        for (int i = 0; i < DEEPEST; i++) {
            String inner = unwrapped(target);
            if (inner.equals(target)) {
                break;
            }
            target = inner;
        }
        String lower = target.toLowerCase(Locale.ROOT);
        if (lower.startsWith("mailto:")) {
            String address = target.substring("mailto:".length()).split("\\?", 2)[0];
            return address.isEmpty() ? Optional.empty() : Optional.of(address);
        }
        if (lower.startsWith("tel:")) {
            return Optional.of(target.substring("tel:".length()));
        }
        boolean address = lower.matches("(?s)(?:h[tx]{2}ps?|ftps?|sftp|fxp)(?:://|\\[:]//|:).*");
        return address
                ? Optional.of(target)
                : lower.startsWith("//") ? Optional.of("http:" + target) : Optional.empty();
    }

    private static String unwrapped(String url) {
        boolean inPath = IN_PATH.matcher(url).matches();
        List<String> parts = inPath ? WrappedLinks.parts(url) : List.of();
        Matcher wrapped = WRAPPED.matcher(url);
        if (parts.isEmpty() && !wrapped.matches()) {
            return url;
        }
        String inner = parts.isEmpty() ? wrapped.group(1) : parts.getFirst();
        if (inPath && inner.contains("://")) {
            return inner;
        }
        if (inner.contains("-3A__")) {
            inner = inner.replace('-', '%').replace('_', '/');
        }
        try {
            return URLDecoder.decode(inner, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return inner;
        }
    }
}
