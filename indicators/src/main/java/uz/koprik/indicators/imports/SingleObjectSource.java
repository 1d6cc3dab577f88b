package uz.koprik.indicators.imports;

import java.io.IOException;
import java.io.InputStream;
import uz.koprik.indicators.imports.layout.ImportSentence;

/** A file that is one object. */
final class SingleObjectSource implements ImportReader.Source {

    private final InputStream text;
    private final int maxObjectBytes;
    private boolean done;

    SingleObjectSource(InputStream text, int maxObjectBytes) {
        this.text = text;
        this.maxObjectBytes = maxObjectBytes;
    }

    @Override
    public ImportItem next() throws IOException {
        if (done) {
            return null;
        }
        done = true;
        byte[] object = text.readNBytes(maxObjectBytes + 1);
        return object.length > maxObjectBytes
                ? new ImportItem.RefusedRow("line 1", ImportSentence.LARGE_OBJECT.of(maxObjectBytes))
                : new ImportItem.ObjectBytes("line 1", object);
    }
}
