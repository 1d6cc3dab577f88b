package uz.koprik.gateway.api.transfer;

import java.util.List;
import java.util.Map;
import uz.koprik.gateway.api.common.RemarkView;
import uz.koprik.gateway.api.common.SentenceView;
import uz.koprik.gateway.api.common.ValueFacts;
import uz.koprik.indicators.wording.Sentence;

/**
 * What an import would make of a file; nothing is stored. The schema {@code ImportPreview}.
 *
 * @param format what the file is read as
 * @param columns each column of a table and what it is used for; {@code -} for nothing
 * @param rows the first values
 * @param kinds number of values by kind
 * @param objects STIX objects, from the file or translated
 * @param objectRows the first of them
 * @param doubtful number of values that a person should confirm
 * @param doubtfulRows the first of them
 * @param refused number of rows that cannot be used
 * @param refusedRows the first of them
 * @param notes what is to be said of the file
 */
record ImportPreview(
        String format,
        List<Column> columns,
        List<Row> rows,
        Map<String, Long> kinds,
        long objects,
        List<ObjectRow> objectRows,
        long doubtful,
        List<Row> doubtfulRows,
        long refused,
        List<Place> refusedRows,
        List<Place> notes,
        boolean done) {

    /** A column and its use. */
    record Column(String column, String use) {}

    /**
     * A value with what its row says; what it does not say is null.
     *
     * @param known how many objects carry it that the caller may see
     * @param protection see {@link ValueFacts}, as the next four
     */
    record Row(
            String where,
            String kind,
            String value,
            Integer port,
            String name,
            String description,
            List<String> labels,
            String tlp,
            String validFrom,
            String validUntil,
            Integer confidence,
            Boolean revoked,
            String doubt,
            String remark,
            List<RemarkView> remarkCodes,
            Long known,
            String protection,
            String protectionCode,
            String list,
            String doubtCode,
            List<String> otherKinds) {}

    /**
     * A STIX object of the file.
     *
     * @param id null where it has none
     * @param title its name, or what it is about
     * @param tlp its own marking; null for none
     * @param createdByRef null for none
     * @param values that it carries or looks for, the first few
     */
    record ObjectRow(
            String where,
            String id,
            String type,
            String title,
            String tlp,
            String createdByRef,
            List<ObjectValue> values) {}

    /** A value of an object. */
    record ObjectValue(String kind, String value, String protection, String protectionCode, String list) {}

    /** A sentence about a place in the file. */
    record Place(String where, String reason, String code, Map<String, String> details) {

        static Place of(String where, Sentence reason) {
            SentenceView said = SentenceView.of(reason);
            return new Place(where, reason.text(), said.code(), said.details());
        }
    }
}
