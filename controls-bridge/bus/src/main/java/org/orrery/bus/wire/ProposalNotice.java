package org.orrery.bus.wire;

import org.orrery.contract.Bytes;
import org.orrery.contract.proposal.ProposalId;

/**
 * One change of a proposal as the log carries it.
 *
 * @param proposal which proposal
 * @param version counts every change, from 1
 * @param state the state's name, for example {@code AwaitingApproval}
 * @param title what people read
 * @param planHash hash of what is proposed
 * @param atNs when, wall ns
 * @param content the proposal as JSON text, without its steps, its evidence and all of its past but
 *     the last command, which the audit record carries; may be empty
 */
public record ProposalNotice(
    ProposalId proposal,
    long version,
    String state,
    String title,
    Bytes planHash,
    long atNs,
    String content) {}
