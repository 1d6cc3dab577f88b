package uz.koprik.indicators.imports;

import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.indicators.imports.layout.FileFault;
import uz.koprik.indicators.wording.Sentence;

/** A file that cannot be read any further; what was handed out before stays good. The sentence says where and why. */
public final class ImportRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Sentence sentence;

    public ImportRefused(Sentence sentence) {
        super(sentence.text());
        this.sentence = sentence;
    }

    public ImportRefused(Sentence sentence, Throwable cause) {
        super(sentence.text(), cause);
        this.sentence = sentence;
    }

    ImportRefused(SuspiciousArchive cause) {
        this(cause.sentence(), cause);
    }

    ImportRefused(MalformedJson cause) {
        this(
                cause.pointer().isEmpty()
                        ? FileFault.MALFORMED_JSON.of(cause.line(), cause.column(), cause.reason())
                        : FileFault.MALFORMED_JSON_AT.of(cause.line(), cause.column(), cause.pointer(), cause.reason()),
                cause);
    }

    /** Where and why. */
    public Sentence sentence() {
        return sentence;
    }
}
