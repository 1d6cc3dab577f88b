package uz.koprik.indicators.observable.text.url;

/** Where a URL ends in running text, and whether its rest is missing. */
public final class TextUrl {

    private final String text;
    private final SureValues values;
    private final int begin;
    private final int hostFrom;
    private final boolean backslashes;

    /**
     * @param begin where the URL begins
     * @param hostFrom where its host begins
     */
    public TextUrl(String text, SureValues values, int begin, int hostFrom) {
        this(text, values, begin, hostFrom, false);
    }

    private TextUrl(String text, SureValues values, int begin, int hostFrom, boolean backslashes) {
        this.text = text;
        this.values = values;
        this.begin = begin;
        this.hostFrom = hostFrom;
        this.backslashes = backslashes;
    }

    /** The same in a text that may have backslashes for slashes. */
    public TextUrl withBackslashes(boolean given) {
        return new TextUrl(text, values, begin, hostFrom, given);
    }

    /** One past the last character of the URL. */
    public int end() {
        int hostEnd = new UrlHost(text, hostFrom, values).end();
        int end = new UrlPath(text, begin, hostFrom, hostEnd, backslashes, values).end();
        return ProseEnds.withoutSigns(text, begin, hostFrom, hostEnd, end);
    }

    /** Where the bracket closes that was opened before the URL, when one line break stands between; or -1. */
    public int bracketAfter(int end) {
        return LineBreaks.bracketAfter(text, begin, end);
    }

    /** Whether a part of the URL is missing, by dots, masks or a line break in it or behind it. */
    public boolean isCutOff(int end) {
        return CutOffs.isCutOff(text, begin, end) || LineBreaks.cut(text, hostFrom, end, values);
    }

    /** An earlier place where the URL may end as well, as before a name and a password; or -1. */
    public int earlierEnd(int end) {
        return UncertainEnds.in(text, begin, hostFrom, end, backslashes);
    }
}
