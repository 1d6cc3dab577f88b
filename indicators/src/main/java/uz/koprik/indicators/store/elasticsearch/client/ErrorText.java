package uz.koprik.indicators.store.elasticsearch.client;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** What went wrong at the cluster, in words for operators: what it is and what to do. */
public final class ErrorText {

    private ErrorText() {}

    private static boolean blocked(ErrorCause error) {
        return "cluster_block_exception".equals(error.type());
    }

    public static String words(Throwable failed) {
        if (failed instanceof ElasticsearchException answered) {
            return words(answered.status(), answered.error());
        }
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case SSLException tls -> {
                    return "no TLS connection to the cluster (" + tls.getMessage()
                            + "): is its CA the one that is set?";
                }
                case SocketTimeoutException late -> {
                    return "the cluster did not answer in time";
                }
                case UnknownHostException unknown -> {
                    return "the host " + unknown.getMessage() + " is not known";
                }
                case ConnectException refused -> {
                    return "no connection to the cluster (" + refused.getMessage()
                            + "): does it run, are the URLs right?";
                }
                default -> {}
            }
        }
        return failed.getMessage() == null ? failed.toString() : failed.getMessage();
    }

    public static String words(int status, ErrorCause error) {
        String reason = error.reason() == null ? String.valueOf(error.type()) : error.reason();
        if (status == 401) {
            return "the cluster does not accept our key or password (401): set the right one";
        }
        if (reason.contains("flood-stage") || reason.contains("read-only-allow-delete")) {
            return "the cluster refuses writes, since a node's disk is above the flood-stage watermark (" + reason
                    + "): make room, it then opens again by itself";
        }
        if (blocked(error) && status == 403) {
            return "the index is set read-only (" + reason + "): take the block index.blocks.* off";
        }
        if (status == 403) {
            return "our key or user lacks a right (403: " + reason + "): docs/elasticsearch.md lists those needed";
        }
        if (status == 429) {
            return "the cluster is too busy (429: " + reason + ")";
        }
        return "the cluster answered " + status + ": " + reason;
    }
}
