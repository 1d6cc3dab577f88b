package uz.koprik.indicators.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import uz.koprik.indicators.wording.Sentence;

/** What readers of formats work with: limits, the encoding that the sender named, and who takes the passages. */
final class ReadContext {

    private final DocumentBudget budget;
    private final DocumentScan scan;
    private final Optional<String> encoding;
    private final Path folder;
    private final String name;
    private final String place;
    private final int depth;

    private ReadContext(
            DocumentBudget budget,
            DocumentScan scan,
            Optional<String> encoding,
            Path folder,
            String name,
            String place,
            int depth) {
        this.budget = budget;
        this.scan = scan;
        this.encoding = encoding;
        this.folder = folder;
        this.name = name;
        this.place = place;
        this.depth = depth;
    }

    /** @param folder for attachments while they are read */
    static ReadContext of(
            DocumentBudget budget, DocumentScan scan, Optional<String> encoding, Path folder, String name) {
        return new ReadContext(budget, scan, encoding, folder, name, "", 0);
    }

    /** The context of a document inside this one. */
    ReadContext inside(String itsName, String itsPlace) {
        return new ReadContext(budget, scan, Optional.empty(), folder, itsName, at(itsPlace), depth + 1);
    }

    /** The context of a part of this document. */
    ReadContext part(String itsPlace) {
        return new ReadContext(budget, scan, encoding, folder, name, at(itsPlace), depth);
    }

    /** Whether documents inside this one are read. */
    boolean readsInside() {
        return depth < budget.limits().depth();
    }

    DocumentBudget budget() {
        return budget;
    }

    /** The encoding that the sender named, for texts that do not say theirs. */
    Optional<String> encoding() {
        return encoding;
    }

    String name() {
        return name;
    }

    /** Whether this is the document itself and none inside it. */
    boolean isOutermost() {
        return depth == 0;
    }

    void passage(Passage passage) throws DocumentRefused {
        budget.characters(passage.text().length());
        scan.passage(new Passage(
                at(passage.place()), passage.firstLine(), passage.text(), passage.standing(), passage.reason()));
    }

    void title(String text) {
        if (depth == 0 && !text.isBlank()) {
            scan.title(Sentences.inOneLine(text));
        }
    }

    void warning(Sentence sentence) {
        scan.warning(place, sentence);
    }

    void file(AttachedFile file) {
        scan.file(file);
    }

    Path newFile() throws IOException {
        return Files.createTempFile(folder, "part-", ".tmp");
    }

    private String at(String inner) {
        return place.isEmpty() ? inner : inner.isEmpty() ? place : place + ", " + inner;
    }
}
