package uz.koprik.indicators.pattern.match;

/** The wildcards of {@code LIKE}: {@code %} for any characters, {@code _} for one; the whole text must be matched. */
final class Like {

    private final int[] pattern;
    private final boolean narrow;

    Like(String pattern) {
        this.pattern = pattern.codePoints().toArray();
        this.narrow = pattern.chars().allMatch(c -> c <= 0xFF);
    }

    /** Whether it can be held against bytes. */
    boolean narrow() {
        return narrow;
    }

    /**
     * Goes back to the last {@code %} only, which is enough: at worst text times pattern steps, all of them charged.
     */
    boolean matches(String text, Work work) throws MatchFailure {
        int at = 0;
        int p = 0;
        int star = -1;
        int resume = 0;
        long steps = 0;
        while (at < text.length()) {
            steps++;
            if ((steps & 0xFFF) == 0) {
                work.spend(0x200);
            }
            int c = text.codePointAt(at);
            if (p < pattern.length && pattern[p] == '%') {
                star = p++;
                resume = at;
            } else if (p < pattern.length && (pattern[p] == '_' || pattern[p] == c)) {
                p++;
                at += Character.charCount(c);
            } else if (star >= 0) {
                p = star + 1;
                resume += Character.charCount(text.codePointAt(resume));
                at = resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length && pattern[p] == '%') {
            p++;
        }
        return p == pattern.length;
    }
}
