package uz.koprik.gateway.api.cases;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import uz.koprik.gateway.api.common.SentenceView;
import uz.koprik.gateway.cases.CaseImport;
import uz.koprik.gateway.cases.CasePreview;
import uz.koprik.indicators.cases.CaseFile;

/** What an import of cases would do; the schema {@code CasePreview}. */
record CasePreviewView(
        long rows, long refused, List<ColumnView> columns, List<WouldView> cases, List<FaultView> faults) {

    /** A column; the schema {@code CaseColumn}. */
    record ColumnView(String name, List<String> as, long filled, Map<String, Long> kinds, List<String> examples) {

        static ColumnView of(CasePreview.Column column) {
            return new ColumnView(column.name(), column.as(), column.filled(), column.kinds(), column.examples());
        }
    }

    /** A case as it would be; the schema {@code CaseWouldBe}. */
    record WouldView(
            List<Long> lines,
            String outcome,
            String number,
            String title,
            String type,
            String status,
            @JsonProperty("values") List<CaseView.CaseValueView> values,
            List<CaseView.LossView> losses,
            List<CaseView.ChangeView> changes) {

        static WouldView of(CasePreview.Would would) {
            CaseFile file = would.file();
            return new WouldView(
                    would.lines(),
                    would.created() ? "created" : would.changes().isEmpty() ? "unchanged" : "updated",
                    file.number(),
                    file.title(),
                    file.crimeType(),
                    file.status().name().toLowerCase(Locale.ROOT),
                    file.observables().stream().map(CaseView.CaseValueView::of).toList(),
                    file.losses().stream().map(CaseView.LossView::of).toList(),
                    would.changes().stream().map(CaseView.ChangeView::of).toList());
        }
    }

    /** What is not taken; the schema {@code CaseImportLine} has it too. */
    record FaultView(
            long line, String column, String reason, String code, Map<String, String> details, boolean leftOut) {

        static FaultView of(CaseImport.Fault fault) {
            SentenceView said = SentenceView.of(fault.sentence());
            return new FaultView(
                    fault.line(),
                    fault.column().isEmpty() ? null : fault.column(),
                    fault.reason(),
                    said.code(),
                    said.details(),
                    !fault.row());
        }
    }

    static CasePreviewView of(CasePreview preview) {
        return new CasePreviewView(
                preview.rows(),
                preview.refused(),
                preview.columns().stream().map(ColumnView::of).toList(),
                preview.cases().stream().map(WouldView::of).toList(),
                preview.faults().stream().map(FaultView::of).toList());
    }
}
