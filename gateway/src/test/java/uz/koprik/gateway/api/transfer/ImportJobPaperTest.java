package uz.koprik.gateway.api.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import uz.koprik.gateway.api.common.ApiJson;

/** Papers of imports that earlier versions wrote. */
class ImportJobPaperTest {

    /** As the version before codes of sentences stored it. */
    private static final String EARLIER =
            """
            {"id":"import-job--6f1f7a52-0a58-4a0e-9a3f-3b6f6d1f7c10","account":"anna","phase":"failed","file":"notes.csv",
            "bytes":42,"tlp":"green","submitted":"2026-11-20T08:00:00Z","started":"2026-11-20T08:00:01Z",
            "updated":"2026-11-20T08:00:02Z","ended":"2026-11-20T08:00:02Z",
            "counts":{"bytes_read":42,"rows":2,"accepted":1,"unchanged":0,"refused":1,"doubtful":0,"noted":1,"seconds":0.5},
            "refusals":[{"line":3,"where":"line 3","code":"unrecognised","pointer":"","reason":"the value is of no known kind"}],
            "objects":[{"where":"line 2","id":"indicator--11111111-1111-4111-8111-111111111111","status":"accepted"}],
            "notes":[{"where":"header","note":"columns that are not used: \\"shoe_size\\"","whole":true}],
            "read_as":{"domain":1},
            "error":"line 4, column 1: a value is expected here","error_code":"file",
            "says":"1 stored, 0 there already, 1 refused","gateway":"g1","run":"r1"}
            """;

    @Test
    void aPaperWithoutCodesOfSentencesIsRead() {
        ImportJob job = ApiJson.read(EARLIER.getBytes(StandardCharsets.UTF_8), ImportJob.class);
        assertEquals("failed", job.phase());
        assertEquals("line 4, column 1: a value is expected here", job.error());
        assertEquals("file", job.errorCode());
        assertNull(job.errorSentence());
        assertEquals("the value is of no known kind", job.refusals().getFirst().reason());
        assertEquals(
                "columns that are not used: \"shoe_size\"",
                job.notes().getFirst().note());
    }
}
