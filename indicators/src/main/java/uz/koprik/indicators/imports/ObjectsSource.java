package uz.koprik.indicators.imports;

import java.io.IOException;
import java.io.InputStream;
import uz.koprik.crypto.json.JsonArrayStream;
import uz.koprik.crypto.json.MalformedJson;

/** The objects of a STIX bundle (STIX 2.1, section 8) or a TAXII envelope (TAXII 2.1, section 3.7). */
final class ObjectsSource implements ImportReader.Source {

    private final JsonArrayStream objects;

    ObjectsSource(InputStream text, int maxObjectBytes) {
        this.objects = new JsonArrayStream(text, "objects", maxObjectBytes);
    }

    @Override
    public ImportItem next() throws IOException, ImportRefused {
        try {
            byte[] object = objects.next();
            return object == null ? null : new ImportItem.ObjectBytes("/objects/" + objects.index(), object);
        } catch (MalformedJson e) {
            if (objects.resumable()) {
                return new ImportItem.Refused("/objects/" + objects.index(), e.reason());
            }
            throw new ImportRefused(e.getMessage(), e);
        }
    }
}
