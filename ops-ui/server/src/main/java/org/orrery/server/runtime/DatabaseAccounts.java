package org.orrery.server.runtime;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.orrery.contract.Person;
import org.orrery.contract.Person.Role;
import org.orrery.store.Database;

/** Accounts in the server's own schema. Thread-safe; blocks. */
public final class DatabaseAccounts implements AccountStore {
  private static final String SELECT = "SELECT name, roles, password_hash FROM account";

  private final Database database;

  /** Touches nothing yet: the schema is brought up to date at the first use. */
  public DatabaseAccounts(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Account> find(String name) {
    database.migrate();
    return database.inTransaction(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(SELECT + " WHERE name = ?")) {
            select.setString(1, name);
            return read(select).stream().findFirst();
          }
        });
  }

  @Override
  public List<Account> all() {
    database.migrate();
    return database.inTransaction(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(SELECT + " ORDER BY name")) {
            return read(select);
          }
        });
  }

  @Override
  public void put(Account account) {
    database.migrate();
    database.runInTransaction(connection -> write(connection, account));
  }

  private static void write(Connection connection, Account account) throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            "INSERT INTO account (name, roles, password_hash) VALUES (?, ?, ?)"
                + " ON CONFLICT (name) DO UPDATE SET roles = excluded.roles,"
                + " password_hash = excluded.password_hash, changed_at = now()")) {
      Array roles =
          connection.createArrayOf(
              "text", account.person().roles().stream().map(Role::name).sorted().toArray());
      upsert.setString(1, account.person().name());
      upsert.setArray(2, roles);
      upsert.setString(3, account.passwordHash());
      upsert.executeUpdate();
    }
  }

  private static List<Account> read(PreparedStatement select) throws SQLException {
    List<Account> accounts = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Object role : (Object[]) rows.getArray(2).getArray()) {
          roles.add(Role.valueOf(String.valueOf(role)));
        }
        accounts.add(new Account(new Person(rows.getString(1), roles), rows.getString(3)));
      }
    }
    return accounts;
  }
}
