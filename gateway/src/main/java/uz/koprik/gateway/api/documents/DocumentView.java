package uz.koprik.gateway.api.documents;

import java.util.List;
import java.util.Map;
import uz.koprik.indicators.documents.AttachedFile;
import uz.koprik.indicators.documents.DocumentValues;
import uz.koprik.indicators.documents.FoundValue;
import uz.koprik.indicators.store.Carriers;
import uz.koprik.indicators.warninglist.ProtectedValues;

/**
 * The values of a document; the schema {@code DocumentValues}.
 *
 * @param format how it is written
 * @param title as it names itself; null for none
 * @param sha256 of its bytes
 * @param characters of text that were read
 * @param sure how many values are neither doubtful nor protected
 * @param doubtful how many are doubtful
 * @param values in the order of the document
 * @param leftOut addresses of recipients
 * @param files attached files
 * @param warnings sentences about what was not read, or guessed
 */
record DocumentView(
        String format,
        String title,
        String sha256,
        long characters,
        int sure,
        int doubtful,
        List<ValueView> values,
        List<ValueView> leftOut,
        List<FileView> files,
        List<String> warnings) {

    /**
     * One value; the schema {@code DocumentValue}.
     *
     * @param doubt why it may be no indicator; null when nothing speaks against it
     * @param remark what people should know of it besides, such as all coins that share the form of an address; null
     *     for nothing
     * @param protection why it is never blocked; null when it may be
     * @param places the first few places where it stands
     * @param count how often it stands there
     * @param sentence around it
     * @param known how many objects carry it that the caller may see
     */
    record ValueView(
            String kind,
            String value,
            Integer port,
            String spelling,
            String doubt,
            String remark,
            String protection,
            List<String> places,
            int count,
            String sentence,
            long known) {

        static ValueView of(FoundValue value, String protection, long known) {
            return new ValueView(
                    value.observable().kind().code(),
                    value.observable().value(),
                    value.port().orElse(null),
                    value.spelling(),
                    value.doubt().isEmpty() ? null : value.doubt(),
                    value.observable().remark().orElse(null),
                    protection,
                    value.places(),
                    value.count(),
                    value.sentence(),
                    known);
        }
    }

    /** A file inside the document; the schema {@code AttachedFile}. */
    record FileView(String name, String sha256, String md5, long bytes) {

        static FileView of(AttachedFile file) {
            return new FileView(file.name(), file.sha256(), file.md5(), file.bytes());
        }
    }

    static DocumentView of(DocumentValues read, ProtectedValues protectedValues, Map<String, Carriers> carriers) {
        List<ValueView> values = read.values().stream()
                .map(value -> ValueView.of(
                        value,
                        protectedValues
                                .hit(value.observable())
                                .map(ProtectedValues.Hit::what)
                                .orElse(null),
                        known(carriers, value)))
                .toList();
        return new DocumentView(
                read.format().code(),
                read.title().isEmpty() ? null : read.title(),
                read.sha256(),
                read.characters(),
                (int) values.stream()
                        .filter(value -> value.doubt() == null && value.protection() == null)
                        .count(),
                (int) values.stream().filter(value -> value.doubt() != null).count(),
                values,
                read.leftOut().stream()
                        .map(value -> ValueView.of(value, null, 0))
                        .toList(),
                read.files().stream().map(FileView::of).toList(),
                read.warnings());
    }

    private static long known(Map<String, Carriers> carriers, FoundValue value) {
        Carriers them = carriers.get(value.observable().comparedAs().key());
        return them == null ? 0 : them.count();
    }
}
