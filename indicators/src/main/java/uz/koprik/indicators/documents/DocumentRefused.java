package uz.koprik.indicators.documents;

import uz.koprik.indicators.wording.Sentence;

/** A document that cannot be read. The sentence says why and what to do, and never quotes the document. */
public final class DocumentRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Sentence sentence;

    DocumentRefused(Sentence sentence) {
        super(sentence.text());
        this.sentence = sentence;
    }

    DocumentRefused(Sentence sentence, Throwable cause) {
        super(sentence.text(), cause);
        this.sentence = sentence;
    }

    /** Why, and what to do. */
    public Sentence sentence() {
        return sentence;
    }
}
