package uz.koprik.indicators.documents;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.io.ScratchFile;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.text.PDFTextStripper;

/** PDF (ISO 32000-1), page by page; what the library keeps beside one page lies on disk. */
final class PdfReader implements FormatReader {

    @Override
    public void read(Path file, ReadContext context) throws IOException, DocumentRefused {
        BuiltInFonts.install();
        PdfStreams.check(file, context.budget());
        MemoryUsageSetting cache =
                MemoryUsageSetting.setupTempFileOnly(context.budget().limits().unpacked());
        cache.setTempDir(file.toAbsolutePath().getParent().toFile());
        try (PDDocument document = Loader.loadPDF(file.toFile(), "", null, null, () -> new ScratchFile(cache))) {
            read(document, context);
        } catch (InvalidPasswordException e) {
            throw new DocumentRefused(DocumentFault.ENCRYPTED_PDF.of(), e);
        } catch (DocumentBudget.TooMuch e) {
            throw e.why();
        } catch (IOException | RuntimeException e) { // of the library, which throws all sorts for damaged files
            throw new DocumentRefused(DocumentFault.DAMAGED_PDF.of(), e);
        }
    }

    private static void read(PDDocument document, ReadContext context) throws IOException, DocumentRefused {
        int pages = document.getNumberOfPages();
        if (pages > context.budget().limits().pages()) {
            throw new DocumentRefused(
                    DocumentFault.MANY_PAGES.of(context.budget().limits().pages()));
        }
        if (document.getDocumentInformation() != null
                && document.getDocumentInformation().getTitle() != null) {
            context.title(document.getDocumentInformation().getTitle());
        }
        PageText stripper = new PageText(context.budget());
        stripper.setLineSeparator("\n");
        int empty = 0;
        for (int number = 1; number <= pages; number++) {
            context.budget().time();
            stripper.setStartPage(number);
            stripper.setEndPage(number);
            String text = stripper.getText(document);
            empty += text.isBlank() ? 1 : 0;
            context.passage(new Passage("page " + number, 1, text, Passage.Standing.LAID_OUT, ""));
            links(document.getPage(number - 1), number, context);
        }
        if (empty == pages) {
            throw new DocumentRefused(DocumentFault.PDF_WITHOUT_TEXT.of());
        }
        if (empty > 0) {
            context.warning(DocumentNote.PAGES_WITHOUT_TEXT.of(empty, pages));
        }
    }

    private static void links(PDPage page, int number, ReadContext context) throws IOException, DocumentRefused {
        StringBuilder targets = new StringBuilder();
        for (PDAnnotation annotation : page.getAnnotations()) {
            if (annotation instanceof PDAnnotationLink link
                    && link.getAction() instanceof PDActionURI action
                    && action.getURI() != null) {
                LinkTarget.of(action.getURI())
                        .ifPresent(target -> targets.append(target).append('\n'));
            }
        }
        if (!targets.isEmpty()) {
            context.passage(Passage.doubtful("page " + number + ", links", targets.toString(), PlainTextReader.TARGET));
        }
    }

    /** Text of pages; stops when the time is over. */
    private static final class PageText extends PDFTextStripper {

        private final DocumentBudget budget;
        private int operators;

        PageText(DocumentBudget budget) {
            this.budget = budget;
        }

        @Override
        protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
            if ((++operators & 0x3FF) == 0) {
                try {
                    budget.time();
                } catch (DocumentRefused e) {
                    throw new DocumentBudget.TooMuch(e);
                }
            }
            super.processOperator(operator, operands);
        }
    }
}
