package org.autotuner.testkit;

import java.io.IOException;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives test classes one PostgreSQL server for the whole run. Where none can be started the tests are skipped, with the
 * reason; where CI runs they fail.
 */
final class PostgresExtension implements BeforeAllCallback {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresExtension.class);
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(PostgresExtension.class);

    /** A server, or why there is none; the store closes it. */
    private record Started(Optional<PostgresServer> server, String failure)
            implements ExtensionContext.Store.CloseableResource {

        static Started now() {
            try {
                return new Started(Optional.of(PostgresServer.start()), "");
            } catch (IOException e) {
                return new Started(Optional.empty(), e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Started(Optional.empty(), e.toString());
            }
        }

        @Override
        public void close() throws IOException, InterruptedException {
            if (server.isPresent()) {
                server.get().close();
            }
        }
    }

    private String address = "";

    @Override
    public void beforeAll(ExtensionContext context) {
        Started started = context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(PostgresServer.class, key -> Started.now(), Started.class);
        if (started.server().isPresent()) {
            address = started.server().get().address();
            return;
        }
        String message = "NOT TESTED with PostgreSQL, as no server can be started here: " + started.failure();
        LOG.error(message);
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(message);
        }
        Assumptions.abort(message);
    }

    /** JDBC address of the database. */
    String address() {
        return address;
    }

    DataSource database() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(address);
        return source;
    }
}
