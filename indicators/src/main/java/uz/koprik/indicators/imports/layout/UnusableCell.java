package uz.koprik.indicators.imports.layout;

import uz.koprik.indicators.wording.Sentence;

/** A cell or line that does not hold what it should; the message never quotes it. */
public final class UnusableCell extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Sentence sentence;

    public UnusableCell(Sentence sentence) {
        super(sentence.text(), null, false, false); // one a bad row at most: a stack trace would cost more than the row
        this.sentence = sentence;
    }

    /** What is wrong. */
    public Sentence sentence() {
        return sentence;
    }
}
