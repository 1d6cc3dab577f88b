package uz.koprik.indicators.wording;

import java.util.Locale;

/** A sort of sentences with a stable word; enums implement it. The console has a text of its own for each. */
public interface SentenceKind {

    /** Of the enum. */
    String name();

    /** How it is said in English. */
    SentenceForm form();

    /** The stable word. */
    default String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
