package uz.koprik.gateway.api.documents;

import java.util.List;
import java.util.Map;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.RemarkView;
import uz.koprik.gateway.api.common.SentenceView;
import uz.koprik.gateway.api.common.ValueFacts;
import uz.koprik.indicators.documents.AttachedFile;
import uz.koprik.indicators.documents.DocumentValues;
import uz.koprik.indicators.documents.FoundValue;
import uz.koprik.indicators.observable.forms.ValueRemark;
import uz.koprik.indicators.store.Carriers;

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
 * @param warningCodes the same for programs, in the same order
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
        List<String> warnings,
        List<WarningView> warningCodes) {

    private static final ValueFacts NOTHING = new ValueFacts(null, null, null, null, null);

    /**
     * One value; the schema {@code DocumentValue}.
     *
     * @param doubt why it may be no indicator; null when nothing speaks against it
     * @param remark what people should know of it besides, such as all coins that share the form of an address; null
     *     for nothing
     * @param remarkCodes the same for programs
     * @param protection why it is never blocked; null when it may be
     * @param places the first few places where it stands
     * @param count how often it stands there
     * @param sentence around it
     * @param known how many objects carry it that the caller may see
     * @param doubtCode see {@link ValueFacts}, as the next three
     */
    record ValueView(
            String kind,
            String value,
            Integer port,
            String spelling,
            String doubt,
            String remark,
            List<RemarkView> remarkCodes,
            String protection,
            List<String> places,
            int count,
            String sentence,
            long known,
            String doubtCode,
            List<String> otherKinds,
            String protectionCode,
            String list) {

        static ValueView of(FoundValue value, ValueFacts facts, long known) {
            return new ValueView(
                    value.observable().kind().code(),
                    value.observable().value(),
                    value.port().orElse(null),
                    value.spelling(),
                    value.doubt().isEmpty() ? null : value.doubt(),
                    ValueRemark.text(value.observable().remarks()).orElse(null),
                    RemarkView.of(value.observable().remarks()),
                    facts.protection(),
                    value.places(),
                    value.count(),
                    value.sentence(),
                    known,
                    facts.doubtCode(),
                    facts.otherKinds(),
                    facts.protectionCode(),
                    facts.list());
        }
    }

    /** A file inside the document; the schema {@code AttachedFile}. */
    record FileView(String name, String sha256, String md5, long bytes) {

        static FileView of(AttachedFile file) {
            return new FileView(file.name(), file.sha256(), file.md5(), file.bytes());
        }
    }

    /**
     * A warning for programs; the schema {@code DocumentWarning}.
     *
     * @param place of the part that it is about; null for the document as a whole
     */
    record WarningView(String code, Map<String, String> details, String place) {

        static WarningView of(DocumentValues.Warning warning) {
            SentenceView said = SentenceView.of(warning.sentence());
            return new WarningView(said.code(), said.details(), warning.place().isEmpty() ? null : warning.place());
        }
    }

    static DocumentView of(DocumentValues read, AnalystServices services, Map<String, Carriers> carriers) {
        List<ValueView> values = read.values().stream()
                .map(value -> ValueView.of(
                        value,
                        ValueFacts.of(services, value.observable(), value.spelling(), value.doubt()),
                        ValueFacts.count(carriers, value.observable())))
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
                        .map(value -> ValueView.of(value, NOTHING, 0))
                        .toList(),
                read.files().stream().map(FileView::of).toList(),
                read.warnings().stream().map(DocumentValues.Warning::text).toList(),
                read.warnings().stream().map(WarningView::of).toList());
    }
}
