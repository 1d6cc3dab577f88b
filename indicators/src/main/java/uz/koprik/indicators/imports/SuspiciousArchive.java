package uz.koprik.indicators.imports;

import java.io.IOException;
import uz.koprik.indicators.wording.Sentence;

/** An archive that unpacks to far more than honest text does, or is damaged. */
final class SuspiciousArchive extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Sentence sentence;

    SuspiciousArchive(Sentence sentence) {
        super(sentence.text());
        this.sentence = sentence;
    }

    SuspiciousArchive(Sentence sentence, Throwable cause) {
        super(sentence.text(), cause);
        this.sentence = sentence;
    }

    /** What is wrong with it. */
    Sentence sentence() {
        return sentence;
    }
}
