package uz.koprik.indicators.documents;

import uz.koprik.indicators.observable.Defang;

/**
 * A piece of the text of a document.
 *
 * @param place where it stands, such as {@code page 3}; empty for the document itself
 * @param firstLine number of its first line within the place; 0 when lines mean nothing there
 * @param text its characters; lines end in {@code \n}
 * @param standing how far its values may be meant
 * @param reason why its values are doubtful or left out, a clause; empty when they are not
 */
record Passage(String place, int firstLine, String text, Standing standing, String reason) {

    /** How far the values of a passage may be meant. */
    enum Standing {
        /** The author wrote them into the text. */
        TEXT,
        /** As {@code TEXT}, in lines that the layout broke: a value at the end of a line may go on in the next. */
        LAID_OUT,
        /** They belong to the document and may be no indicators, such as targets of links. */
        DOUBTFUL,
        /** They are addresses of recipients. */
        LEFT_OUT
    }

    Passage {
        text = visible(text);
    }

    static Passage of(String place, String text) {
        return new Passage(place, 0, text, Standing.TEXT, "");
    }

    static Passage doubtful(String place, String text, String reason) {
        return new Passage(place, 0, text, Standing.DOUBTFUL, reason);
    }

    private static String visible(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Defang.isInvisible(text.charAt(i))) {
                StringBuilder kept = new StringBuilder(text.length());
                text.chars().filter(one -> !Defang.isInvisible((char) one)).forEach(one -> kept.append((char) one));
                return kept.toString();
            }
        }
        return text;
    }
}
