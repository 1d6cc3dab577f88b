package uz.koprik.indicators.imports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import uz.koprik.crypto.json.JsonArrayStream;
import uz.koprik.crypto.json.MalformedJson;

/** The objects of a STIX bundle (STIX 2.1, section 8), a TAXII envelope (TAXII 2.1, section 3.7) or a plain list. */
final class ObjectsSource implements ImportReader.Source {

    /** How far the first character of the text is looked for. */
    private static final int HEAD = 4 << 10;

    private final JsonArrayStream objects;
    private final String prefix;

    private ObjectsSource(InputStream text, String prefix, int maxObjectBytes) {
        this.objects = new JsonArrayStream(text, "objects", maxObjectBytes);
        this.prefix = prefix;
    }

    /** @param text supports marks */
    static ObjectsSource of(InputStream text, int maxObjectBytes) throws IOException {
        text.mark(HEAD);
        String head = new String(text.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
        text.reset();
        return head.stripLeading().startsWith("[")
                ? new ObjectsSource(ObjectText.envelope(text), "/", maxObjectBytes)
                : new ObjectsSource(text, "/objects/", maxObjectBytes);
    }

    @Override
    public ImportItem next() throws IOException, ImportRefused {
        try {
            byte[] object = objects.next();
            if (object == null) {
                if (!objects.found()) {
                    FileShape.refuseOther(objects.header().names());
                }
                return null;
            }
            return new ImportItem.ObjectBytes(prefix + objects.index(), object);
        } catch (MalformedJson e) {
            if (objects.resumable()) {
                return new ImportItem.RefusedRow(prefix + objects.index(), e.reason());
            }
            throw new ImportRefused(e);
        }
    }
}
