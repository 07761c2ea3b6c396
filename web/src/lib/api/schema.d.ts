/** Generated from tests/openapi.json by `npm run api-types`. */

export interface paths {
    "/api/account/addresses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where I have things delivered, the default first */
        get: operations["listDeliveryAddresses"];
        put?: never;
        /**
         * Add a delivery address
         * @description The first becomes the default. At most 20.
         */
        post: operations["addDeliveryAddress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/addresses/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a delivery address, or make it the default */
        put: operations["updateDeliveryAddress"];
        post?: never;
        /**
         * Remove a delivery address
         * @description If it was the default, the oldest one becomes it.
         */
        delete: operations["removeDeliveryAddress"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/email-change-undos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo a change of the e-mail address with the link from the mail
         * @description Within 7 days. Ends all sessions and the password, and mails a link to a new one to the former address.
         */
        post: operations["undoEmailChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/email-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the e-mail address
         * @description Always 202. The new address gets a mail with a link for `verifyAddress`; until it is used the present one stays. The former address then gets a link that undoes the change.
         */
        post: operations["changeEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/erasure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an erasure of the account would meet
         * @description Changes nothing. `open`: why it can’t be erased yet. `leftovers`: credit and deposits, which are paid back or given up first.
         */
        get: operations["getErasure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A copy of all that is kept of me
         * @description One JSON document. Files are listed: `download` has their content.
         */
        get: operations["exportMyData"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open invitations to the address of the account */
        get: operations["listInvitations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Decline an invitation */
        delete: operations["declineInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/invitations/{id}/acceptance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Join the company that invited the address of the account */
        post: operations["acceptInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/link-checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Whether the link of a mail still works
         * @description Changes nothing. Refuses a link that was used, replaced or is too old, as `link_not_valid`. `asksPassword`: whether `verifyAddress` needs the password in this browser.
         */
        post: operations["checkAccountLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log in with e-mail address and password
         * @description Sets the cookie `session`. What this browser did as a guest joins the account. A wrong address and a wrong password are refused alike, as `invalid_credentials`. An account with a second factor needs `code`; without it the answer is 401 `second_factor_required` with the cookie `step`, with which `finishLogin` goes on.
         */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log out
         * @description Ends the session and gives the browser a fresh guest: nothing of the account can be seen in it afterwards.
         */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The account that is logged in */
        get: operations["getMe"];
        put?: never;
        post?: never;
        /**
         * Erase the account
         * @description For good. Refused as `still_open`, naming in `errors` what is open: an order, a hold, a call, a complaint, a top-up, or the company’s last admin; its only person says by `endCompany` that the company ends. What is left of credit and money must be given up in `giveUp`, word for word, else `credit_left`. Partners, colleagues and the books keep what they need under a pseudonym.
         */
        delete: operations["eraseAccount"];
        options?: never;
        head?: never;
        /** Change name, company, language or currency */
        patch: operations["updateProfile"];
        trace?: never;
    };
    "/api/account/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which mails I get, of those that can be switched off */
        get: operations["getNotificationChoices"];
        /**
         * Switch mails on or off
         * @description From now on. Mails that are switched off are listed as `suppressed`. Those that prove, confirm, or say what must not be missed are always sent.
         */
        put: operations["setNotificationChoices"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What waits for the buyer, most urgent first
         * @description Quotes that end within three days, what colleagues ask the buyer to approve, quotes to decide, questions of partners, call-backs, calls to rate, top-ups to pay.
         */
        get: operations["getOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/passkey-challenges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to add a passkey
         * @description Answers what `PublicKeyCredential.parseCreationOptionsFromJSON()` takes, for five minutes. Changes nothing until `addPasskey`.
         */
        post: operations["startPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add the passkey that the browser made
         * @description The first factor of the account ends the sessions of all other browsers and answers recovery codes, which are not shown again.
         */
        post: operations["addPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/passkeys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a passkey */
        delete: operations["removePasskey"];
        options?: never;
        head?: never;
        /** Give a passkey another name */
        patch: operations["renamePasskey"];
        trace?: never;
    };
    "/api/account/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change the password
         * @description Ends the sessions of all other browsers. A wrong `current` is refused as `invalid_credentials`, together with what is wrong with the new one.
         */
        put: operations["changePassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/password-resets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail a link to a new password
         * @description Always 202 for an e-mail address. One without an account gets no mail.
         */
        post: operations["requestPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/password-resets/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set a new password with the link from the mail
         * @description The link works once within an hour. All sessions of the account end.
         */
        put: operations["resetPassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/registrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register with an e-mail address and a password
         * @description Always 202: the address gets a mail with a link that proves it, or, if it has an account, one that says so. There is no account before the proof.
         */
        post: operations["register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/second-step": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How a login that waits for its second factor can be finished
         * @description By the cookie `step`. Refused as `login_step_over` after ten minutes.
         */
        get: operations["getSecondStep"];
        put?: never;
        /**
         * Finish a login with a code of the second factor
         * @description By the cookie `step` of a `login` whose password was right. `code` is of the authenticator app, or a recovery code, each of which works once.
         */
        post: operations["finishLogin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/second-step/passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Finish a login with a passkey
         * @description By the cookie `step`. `credential`: what `toJSON()` of the browser’s `PublicKeyCredential` returns. Each challenge counts once.
         */
        post: operations["finishLoginWithPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/second-step/passkey-challenges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to finish a login with a passkey
         * @description By the cookie `step`. Answers what `PublicKeyCredential.parseRequestOptionsFromJSON()` takes, for five minutes.
         */
        post: operations["startPasskeyLogin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The browsers in which the account is logged in */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /** Log all other browsers out */
        delete: operations["endOtherSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Log one browser out */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/two-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The second factors of the account */
        get: operations["getTwoFactor"];
        /**
         * Make the authenticator app a second factor, with its first code
         * @description Answers ten recovery codes, which are not shown again. Ends the sessions of all other browsers.
         */
        put: operations["confirmTwoFactor"];
        /**
         * Get a secret for an authenticator app
         * @description Changes nothing until `confirmTwoFactor`; for an hour the answer is the same.
         */
        post: operations["startTwoFactor"];
        /** Remove the authenticator app */
        delete: operations["endTwoFactor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/two-factor/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get new recovery codes
         * @description The former ones no longer work.
         */
        post: operations["renewRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/verifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prove an e-mail address with the link from the mail
         * @description Makes the account and sets the cookie `session`. Other registrations of the address end. What this browser did as a guest, and requests that guests sent with the address, move to the account. The password chosen at registration is required unless this is the browser that registered. The link of `changeEmail` gives the account the new address.
         */
        post: operations["verifyAddress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agent/call-backs/{id}/call": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Call a buyer back
         * @description The agent's phone rings first.
         */
        post: operations["callBack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agent/call-backs/{id}/closing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close a call-back request without a call */
        post: operations["closeCallBack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agent/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Calls that have ended for the agent, latest first */
        get: operations["listAgentCalls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agent/calls/{id}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pass a ringing call on to the next agent */
        post: operations["declineCall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agent/calls/{id}/hangup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the call that the agent accepted */
        post: operations["hangUpAsAgent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agent/calls/{id}/note": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Write the agent's note of a call */
        put: operations["writeCallNote"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agent/calls/{id}/wrap-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Extend the wrap-up once, or finish it */
        post: operations["wrapUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agent/desk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything on the agent's desk
         * @description The same state is pushed on `/ws` as topic `agent`.
         */
        get: operations["getDesk"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agent/enquiries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open enquiries that were mailed to the agent, most urgent first */
        get: operations["listAgentEnquiries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agent/missed/seen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark missed calls as seen */
        post: operations["markMissedSeen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agent/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the agent's own status
         * @description With `until`, an agent without an open page stays available by phone.
         */
        put: operations["setAgentStatus"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/agents/available": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Agents who can talk now */
        get: operations["listAvailableAgents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What waits or waited for an approver of the company
         * @description For approvers, admins and stand-ins what everybody asked for, else what the person asked for. What waits comes first.
         */
        get: operations["listApprovals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/approvals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One acceptance or order that needs an approver */
        get: operations["getApproval"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/approvals/{id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve or reject it
         * @description Approving carries out exactly what was asked for. If that has become impossible, such as by a newer version of the quote, it is refused with the reason and the approval ends. Nobody approves their own.
         */
        post: operations["decideApproval"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/approvals/{id}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Withdraw what the person asked for */
        post: operations["withdrawApproval"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/call-backs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The buyer's call-back requests, latest first */
        get: operations["listCallBacks"];
        put?: never;
        /**
         * Ask to be called back
         * @description Changes the open request of the same number and partner, if there is one: 200 instead of 201.
         */
        post: operations["requestCallBack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/call-backs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A call-back request of the buyer
         * @description `callId` is set as soon as an agent calls. The same state is pushed on `/ws` as topic `call-back:<id>`.
         */
        get: operations["getCallBack"];
        put?: never;
        post?: never;
        /** Cancel a call-back request */
        delete: operations["cancelCallBack"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/call-statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Figures of the own calls, by week or partner
         * @description By default of the last eight weeks; at most two years.
         */
        get: operations["getCallStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The own calls, latest first */
        get: operations["listCalls"];
        put?: never;
        /**
         * Call an agent, then the buyer
         * @description Rings the agent first and the buyer's phone once the agent has accepted. `agentId`: the agent to try first. Repeating the `Idempotency-Key` answers the first call again. The answer sets a cookie that lets this browser follow the call. While no worker lives that could make the call, it is refused (`calling_off`). `support` takes credit: guests are asked to log in (401), and under a minute’s worth it is refused (402 `credit_too_low`), and while a card payment for it is disputed (409 `credit_disputed`); the credit is held until the call has ended.
         */
        post: operations["startCall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calls/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The buyer's live call, or a recent one to rate */
        get: operations["getCurrentCall"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calls/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A call of the buyer
         * @description Of a support call, `credit` counts while it runs, and `report` says afterwards what it took. The same state is pushed on `/ws` as topic `call:<id>`.
         */
        get: operations["getCall"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calls/{id}/hangup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the buyer's call
         * @description Possible in any state; repeating it changes nothing.
         */
        post: operations["hangUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calls/{id}/rating": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rate a call
         * @description Line and agent from 1 to 5, once, within seven days.
         */
        post: operations["rateCall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/calls/{id}/sharing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Show the agent the lines of the current solution that ask their company
         * @description Until the call ends, or until it is switched off.
         */
        put: operations["shareSolution"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The tree of categories with the number of products
         * @description Names and paths are in the reader's language (`Accept-Language`) where the catalogue has it; `slugPath` is the same in all.
         */
        get: operations["listCategories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/company": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The company of the account, with its people
         * @description 404 without a company. Everybody in it sees the people; invitations are for admins.
         */
        get: operations["getCompany"];
        put?: never;
        /**
         * Make a company and become its admin
         * @description A person belongs to one company. What they sent before stays their own.
         */
        post: operations["createCompany"];
        delete?: never;
        options?: never;
        head?: never;
        /** Rename the company or change its time zone */
        patch: operations["updateCompany"];
        trace?: never;
    };
    "/api/company/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Withdraw an invitation */
        delete: operations["withdrawInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/company/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Invite somebody by mail
         * @description The link works for 14 days, for who has this address, with an account or after registering. The same address again gets a new link and what is said now.
         */
        post: operations["inviteColleague"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/company/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a person, or leave the company
         * @description Access ends at once; what they sent stays with the company. The last admin can’t leave.
         */
        delete: operations["removeColleague"];
        options?: never;
        head?: never;
        /**
         * Change the role or the limits of a person
         * @description Fields that are left out stay. An empty list of limits means no limit; an amount of zero lets everything wait for an approver.
         */
        patch: operations["updateColleague"];
        trace?: never;
    };
    "/api/company/people/{id}/stand-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Name who decides for an approver on some days
         * @description Also about what waits already. Days are those of the company’s time zone.
         */
        put: operations["nameStandIn"];
        post?: never;
        /** Name nobody as stand-in */
        delete: operations["endStandIn"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/complaint-links/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The complaint that a link to a partner is about */
        get: operations["getComplaintByLink"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/complaint-links/{token}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decide the complaint with a reason, as the partner */
        post: operations["decideComplaintByLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/complaint-links/{token}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write to everybody in the thread, as the partner */
        post: operations["postComplaintMessageByLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/complaint-links/{token}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take the complaint up, as the partner */
        post: operations["reviewComplaintByLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/complaint-links/{token}/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a file for the partner's next message */
        post: operations["uploadByComplaintLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/complaint-links/{token}/uploads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file of the complaint */
        get: operations["downloadByComplaintLink"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/complaint-subjects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a complaint about a thing begins with
         * @description The thing as it is, the partners it concerns, and the categories and wishes that fit it.
         */
        get: operations["getComplaintSubject"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/complaints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Complaints: the own ones, those about the own company, or for staff all
         * @description What is due first comes first.
         */
        get: operations["listComplaints"];
        put?: never;
        /**
         * File a complaint
         * @description About a call, an enquiry or an order of the buyer (approvers and admins of a company: also of a colleague), or a product, which needs `vendorId` if several partners offer it. `uploads`: files nothing uses yet. The partner has two working days to take it up. One about the same thing may be filed once it is closed.
         */
        post: operations["fileComplaint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/complaints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A complaint with the messages that the reader may see */
        get: operations["getComplaint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/complaints/{id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide a complaint with a reason
         * @description Once. `refundCredits` is for staff: credit of the call, paid back to who paid it; all refunds of a call together are at most its charge.
         */
        post: operations["decideComplaint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/complaints/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write to everybody in the thread */
        post: operations["postComplaintMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/complaints/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write a note that the buyer does not see
         * @description For the partner and staff, or with `audience` `staff` for staff alone.
         */
        post: operations["postComplaintNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/complaints/{id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a complaint up
         * @description Ten working days are left to decide.
         */
        post: operations["reviewComplaint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/complaints/{id}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw the own complaint
         * @description Approvers and admins of a company also withdraw what a colleague filed.
         */
        post: operations["withdrawComplaint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The credit of the account
         * @description `available` is what is posted without what is held; `secondsLeft` is what it lasts at the usual rate.
         */
        get: operations["getCredits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What changed the credit, latest first */
        get: operations["listCreditEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/invoices/{id}/invoice.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An invoice or credit note as PDF
         * @description A top-up that becomes paid gets an invoice; a reversal or refund corrects it by a credit note.
         */
        get: operations["getInvoice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What credit costs
         * @description Net, in tiers. A credit is a minute of support unless an agreement says otherwise.
         */
        get: operations["getCreditPrices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/statement.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The entries as CSV, oldest first */
        get: operations["getCreditStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/statement.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The entries as PDF, oldest first
         * @description In the language of the browser. At most 5000 entries.
         */
        get: operations["getCreditStatementPdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/top-ups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The account's top-ups, latest first */
        get: operations["listTopUps"];
        put?: never;
        /**
         * Buy credit by bank transfer or card
         * @description By transfer, the credit is there once staff confirmed the payment. By card, where `methods` of the prices has it, somebody pays at `paymentUrl`, and the credit is there once the provider confirms it; without `paymentUrl` its page could not be opened, and `checkTopUp` tries again. VAT: that of the house, or none for a business elsewhere that names its VAT number (reverse charge).
         */
        post: operations["createTopUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/top-ups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A top-up, with what is still to be paid */
        get: operations["getTopUp"];
        put?: never;
        post?: never;
        /**
         * Cancel a top-up that waits
         * @description While nothing came in for it. Approvers and admins of a company also cancel a colleague's. Repeated, it answers the same. A payment that staff confirm later revives it.
         */
        delete: operations["cancelTopUp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/top-ups/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask the card provider about a top-up
         * @description Answers the top-up after that: paid, if the payment has come. Opens the page to pay on if that failed before. Of a top-up by transfer it changes nothing.
         */
        post: operations["checkTopUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/credits/top-ups/{id}/proforma.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What asks for the payment of a top-up, as PDF
         * @description It is no invoice: that follows once it is paid.
         */
        get: operations["getProforma"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/enquiries/{id}/links/{deliveryId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send one person a new answer link
         * @description The former one ends.
         */
        post: operations["renewLink"];
        /**
         * Withdraw the answer link of one person
         * @description The link then answers like every bad one. The buyer is told by mail.
         */
        delete: operations["revokeLink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/enquiries/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write to a partner about its enquiry */
        post: operations["postBuyerMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/enquiry-links/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An enquiry by its answer link
         * @description Changes nothing: `markEnquiryRead` tells that somebody has read it.
         */
        get: operations["getEnquiryByLink"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/enquiry-links/{token}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer an enquiry
         * @description Each answer is a new version; sending the latest one again answers 200. Unusual prices are not refused but named in `warnings`.
         */
        post: operations["sendAnswer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/enquiry-links/{token}/answer/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check an answer without sending it
         * @description Answers the `warnings` that `sendAnswer` would answer, and refuses what it would refuse.
         */
        post: operations["checkAnswer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/enquiry-links/{token}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Save the draft of an answer
         * @description Kept for the person whose link this is.
         */
        put: operations["saveAnswerDraft"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/enquiry-links/{token}/links/{deliveryId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a colleague a new answer link
         * @description The former one ends.
         */
        post: operations["renewLinkOfVendor"];
        /**
         * Withdraw the answer link of a colleague
         * @description The link then answers like every bad one. The buyer is told by mail.
         */
        delete: operations["revokeLinkOfVendor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/enquiry-links/{token}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write to the buyer */
        post: operations["postEnquiryMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/enquiry-links/{token}/more-time": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask the buyer for more time */
        post: operations["askMoreTime"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/enquiry-links/{token}/reading": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell that an enquiry was read */
        post: operations["markEnquiryRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/enquiry-links/{token}/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload a file for the vendor's next message
         * @description As `upload`. All who have a link to the enquiry share it.
         */
        post: operations["uploadByLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/exchange-rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reference exchange rates of a day
         * @description Units of each currency for one unit of the base.
         */
        get: operations["listExchangeRates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/follow/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A request by its follow link */
        get: operations["getFollowedRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/follow/{token}/acceptance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept lines of quotes by the follow link
         * @description Binding: what is accepted is ordered from its partner.
         */
        post: operations["acceptFollowedQuote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/follow/{token}/comparison": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The quotes of a request by its follow link, line by line */
        get: operations["compareFollowedQuotes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/follow/{token}/deadline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give one partner more time to answer by the follow link */
        post: operations["giveMoreTimeByLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/follow/{token}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decline a quote by the follow link */
        post: operations["declineFollowedQuote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/follow/{token}/enquiries/{id}/links/{deliveryId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send one person a new answer link by the follow link
         * @description The former one ends.
         */
        post: operations["renewFollowedLink"];
        /**
         * Withdraw the answer link of one person by the follow link
         * @description The link then answers like every bad one. The buyer is told by mail.
         */
        delete: operations["revokeFollowedLink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/follow/{token}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write to a partner by the follow link */
        post: operations["postFollowMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/follow/{token}/revision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask a partner to change its quote by the follow link */
        post: operations["askFollowedRevision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/invitations/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The invitation of a mailed link
         * @description Changes nothing. It is accepted by the account that has its address.
         */
        get: operations["getInvitation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What others did about the own requests, top-ups, approvals and complaints, latest first
         * @description Of the last 180 days.
         */
        get: operations["listNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notices/reading": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark notices as read
         * @description Idempotent.
         */
        post: operations["readNotices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notices/unread": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The number of unread notices */
        get: operations["countUnreadNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/product-comparisons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Products side by side
         * @description Their attributes are aligned; `differs` marks those whose values are not all the same.
         */
        get: operations["compareProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search products and services
         * @description Every word, or a part of one, must occur; codes are found without their separators too. `near: true`: nothing held every word, and the nearest products are offered. Attributes filter as `attr.<key>=<value>`, in every language with the same keys and values.
         */
        get: operations["searchProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/products/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A product with all partners' offers and their agents
         * @description Agents' states change; they are pushed on `/ws` as topic `product:<id>`. Names of categories and attributes, and values that are words, are in the reader's language (`Accept-Language`) where the catalogue has it. `ownName`, `ownCodes` of an offer: what its partner calls the product, where that differs.
         */
        get: operations["getProduct"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The buyer's requests, latest first */
        get: operations["listRequests"];
        put?: never;
        /**
         * Send a solution to its partners
         * @description Each partner gets only its own lines, by e-mail. Repeating the `Idempotency-Key` with the same body answers the first request again. With `specification`, 409 `specification_changed` if the solution has changed since that version.
         */
        post: operations["sendRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/requests/additions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add the request of a follow link to the own account
         * @description For a request that was sent with the address of the logged-in account by a browser without a login, which then no longer shows it.
         */
        post: operations["addFollowedRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/requests/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check a request without sending it
         * @description Refuses what `sendRequest` would refuse, such as a solution that has changed since `specification`.
         */
        post: operations["checkRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A request with its enquiries and quotes
         * @description The same state is pushed on `/ws` as topic `request:<id>`.
         */
        get: operations["getRequest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/requests/{id}/acceptance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept lines of quotes
         * @description Binding: what is accepted is ordered from its partner.
         */
        post: operations["acceptQuote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/requests/{id}/comparison": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The quotes of a request, line by line
         * @description Totals are converted to `currency` at dated rates. `choose` picks offers by a strategy, `pick` holds single choices.
         */
        get: operations["compareQuotes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/requests/{id}/copies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new solution of a request
         * @description It becomes the current solution. `notSold` names what is no longer sold, and by whom. Repeating the `Idempotency-Key` answers the same solution.
         */
        post: operations["repeatRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/requests/{id}/deadline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give one partner more time to answer */
        post: operations["giveMoreTime"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/requests/{id}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decline a quote */
        post: operations["declineQuote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/requests/{id}/follow-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send the buyer a new follow link
         * @description The former one ends.
         */
        post: operations["renewFollowLink"];
        /** Withdraw the follow link of a request */
        delete: operations["revokeFollowLink"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/requests/{id}/revision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask a partner to change its quote */
        post: operations["askRevision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/shared-solutions/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A solution by its read-only link
         * @description Nothing of its buyer.
         */
        get: operations["getSharedSolution"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/solutions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The buyer's solutions, latest first */
        get: operations["listSolutions"];
        put?: never;
        /** Start a solution and make it the current one */
        post: operations["createSolution"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/solutions/copies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Copy the solution of a read-only link
         * @description The copy becomes the current solution.
         */
        post: operations["copySharedSolution"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/solutions/current/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The number of lines of the current solution, and which of these products are in it */
        get: operations["getSolutionSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/solutions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A solution with a page of its lines
         * @description The id `current` is the one that additions go to. Totals are those of all lines.
         */
        get: operations["getSolution"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Rename a solution, or make it the current one */
        patch: operations["updateSolution"];
        trace?: never;
    };
    "/api/solutions/{id}/copies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Copy a solution
         * @description Sent ones, too. The copy becomes the current solution. Repeating the `Idempotency-Key` answers the same copy.
         */
        post: operations["copySolution"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/solutions/{id}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a product to a solution
         * @description `offerIds`: the offers to ask for, by default the only or best one. A quantity that an asked partner doesn't sell is refused as `quantity_not_sellable`. Repeating the `Idempotency-Key` adds nothing.
         */
        post: operations["addSolutionLine"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/solutions/{id}/lines/by-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add many products by code
         * @description `text` as it was copied, or `rows`. Answers per row; with `dryRun` nothing is added.
         */
        post: operations["addSolutionLinesByCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/solutions/{id}/lines/{lineId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a line */
        delete: operations["removeSolutionLine"];
        options?: never;
        head?: never;
        /**
         * Change a line
         * @description Only the fields that are sent change.
         */
        patch: operations["updateSolutionLine"];
        trace?: never;
    };
    "/api/solutions/{id}/lines/{lineId}/restoration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Restore a removed line */
        post: operations["restoreSolutionLine"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/solutions/{id}/lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read a list of codes and quantities
         * @description As JSON `{text}` or as multipart with one file: CSV, XLSX, an HTML table, JSON, a mail. Adds nothing; what was understood is kept for a day.
         */
        post: operations["readList"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/solutions/{id}/lists/{listId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A list that was read, and what was understood */
        get: operations["getList"];
        /**
         * Correct what the columns of a list mean
         * @description Answers the list as understood by these columns.
         */
        put: operations["remapList"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/solutions/{id}/lists/{listId}/addition": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add the ready rows of a list
         * @description Or the named `rows`, with corrections. `ask`: one partner for each product, or all that have it. Answers per row; repeating the `Idempotency-Key` adds nothing.
         */
        post: operations["addList"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/solutions/{id}/share": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The read-only link of a solution */
        get: operations["getSolutionShare"];
        /**
         * Share a solution by a read-only link
         * @description Sharing again answers the same link until `stopSharingSolution` has ended it.
         */
        put: operations["shareSolutionByLink"];
        post?: never;
        /**
         * End the read-only link of a solution
         * @description For good. Idempotent.
         */
        delete: operations["stopSharingSolution"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/solutions/{id}/specification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What sending a solution now would ask of which partner
         * @description `version` belongs to exactly this content: give it to `sendRequest`.
         */
        get: operations["getSpecification"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What staff looked at or changed of people, latest first */
        get: operations["listAuditEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff/credit-prices/{currency}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set what credit costs in a currency
         * @description From `validFrom` on (today), for a currency with an account to pay to; answers what was set. Tiers begin at 1.00 credit and ascend.
         */
        put: operations["setCreditPrices"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Mails with their state, latest first */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff/deliveries/{id}/resending": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a mail once more
         * @description Under its own Message-ID, also to an address that a mail server refused for good.
         */
        post: operations["resendDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff/invoices/{id}/invoice.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An invoice or credit note of any buyer's top-up, as PDF */
        get: operations["getAnyInvoice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * People by a part of their address
         * @description The look is one row of the audit log, with the ids of who was shown.
         */
        get: operations["findPeople"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A person, their live sessions and whether logins are throttled */
        get: operations["getPerson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff/people/{id}/second-factor-reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Remove the lost second factor of a person
         * @description Removes the authenticator app, passkeys and recovery codes, ends all sessions and mails the person. The reason is kept in the audit log, which is never erased. Refused for one’s own account.
         */
        post: operations["resetSecondFactorOf"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff/people/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End all sessions of a person */
        delete: operations["endSessionsOf"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff/people/{id}/unlocking": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a person log in again after too many wrong passwords */
        post: operations["unlockPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff/top-ups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Top-ups of all buyers */
        get: operations["listAllTopUps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff/top-ups/{id}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel any buyer's top-up that waits
         * @description While nothing came in for it. A payment that is confirmed later revives it.
         */
        post: operations["cancelAnyTopUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff/top-ups/{id}/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count an incoming payment
         * @description Each payment counts once, by its bank reference, in whatever letters and spaces; one without is counted as a top-up’s only payment, and answers the same when repeated exactly. Less than due waits for the rest; a surplus goes to the deposit of the buyer, who gets a mail. A cancelled top-up is revived. Of one by card the provider tells (409 `top_up_by_card`).
         */
        post: operations["confirmTopUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff/top-ups/{id}/refund": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pay credit back
         * @description `amount` is credit: above zero, at most what is left of the top-up and neither spent nor held. Credit is spent oldest first. What was paid by card the provider pays back (`cardRefunds`); while the payment is disputed it is refused (409 `top_up_disputed`).
         */
        post: operations["refundTopUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff/top-ups/{id}/reversal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back a payment that the bank reversed
         * @description Takes what is left of its credit; the buyer owes the rest. What was paid by card is refunded or disputed instead (409 `top_up_by_card`).
         */
        post: operations["reverseTopUpPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/staff/top-ups/{id}/settlement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Settle a top-up for the credit that its payments buy
         * @description At its price, with VAT: `credits` and the amounts become those bought, `orderedCredits` keeps what was ordered, and what buys no hundredth of a credit goes to the deposit. It has an invoice then.
         */
        post: operations["settleTopUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Suggestions while a search is typed */
        get: operations["suggest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/support-terms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a call to a vendor's support takes
         * @description For guests too, so that the price is known before they log in.
         */
        get: operations["getSupportTerms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload a file
         * @description A form with one file of at most 10 MB. Its type is told by its content: PDF, pictures (PNG, JPEG, WebP, GIF, HEIC, TIFF), drawings (DWG, DXF, STEP), DOCX, XLSX, ODT, ODS, ZIP and text. Unless something uses it within a day it is removed.
         */
        post: operations["upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/uploads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A file
         * @description For who uploaded it, until something uses it; then for everybody who may see that.
         */
        get: operations["download"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/vendor/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Calls to the own vendor's agents, latest first
         * @description For managers. Nothing of the buyer but their rating.
         */
        get: operations["listVendorCalls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/vendors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Partners */
        get: operations["listVendors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/vendors/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A partner */
        get: operations["getVendor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/vendors/{id}/quality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A partner's quality in the last 90 days
         * @description `score` is 0 to 100: 40 points for the share of enquiries answered, 20 for the time to answer (all up to 4 hours, none from 72), 40 for the share of calls taken; less 2 for each complaint per hundred calls, at most 30. Null with fewer than five enquiries and calls.
         */
        get: operations["getVendorQuality"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/wishes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The wish list, latest first
         * @description Products that nobody offers any more stay on it, without offers.
         */
        get: operations["listWishes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/wishes/{productId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put a product on the wish list
         * @description Idempotent.
         */
        put: operations["addWish"];
        post?: never;
        /**
         * Take a product off the wish list
         * @description Idempotent.
         */
        delete: operations["removeWish"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** DeliveryAddress */
        DeliveryAddress: {
            id: string;
            name: string;
            place: string;
            country: string;
            isDefault: boolean;
        };
        /** DeliveryAddresses */
        DeliveryAddresses: {
            items: components["schemas"]["DeliveryAddress"][];
        };
        /** FieldError */
        FieldError: {
            path: string;
            code: string;
            message: string;
            was?: string;
        };
        /** Problem */
        Problem: {
            type: string;
            title: string;
            status: number;
            code: string;
            detail: string;
            errors?: components["schemas"]["FieldError"][];
        };
        /** NewDeliveryAddress */
        NewDeliveryAddress: {
            name: string;
            place: string;
            country: string;
            isDefault?: boolean;
        };
        /** Obstacle */
        Obstacle: {
            /** @enum {string} */
            code: "open_order" | "open_hold" | "open_call" | "open_complaint" | "open_top_up" | "last_admin";
            number?: string;
        };
        /** Leftover */
        Leftover: {
            unit: string;
            amount: string;
        };
        /** Erasure */
        Erasure: {
            open: components["schemas"]["Obstacle"][];
            leftovers: components["schemas"]["Leftover"][];
            endsCompany: boolean;
            asksCode: boolean;
        };
        /** PersonalCopy */
        PersonalCopy: {
            [key: string]: unknown;
        };
        /** OwnInvitation */
        OwnInvitation: {
            id: string;
            company: string;
            email: string;
            /** @enum {string} */
            role: "requester" | "approver" | "admin";
            invitedBy: string;
            /** @enum {string} */
            state: "open" | "expired" | "withdrawn" | "accepted";
            /** Format: date-time */
            expiresAt: string;
        };
        /** Money */
        Money: {
            amount: string;
            currency: string;
        };
        /** StandIn */
        StandIn: {
            id: string;
            name: string;
            /** Format: date */
            from: string;
            /** Format: date */
            until: string;
        };
        /** Colleague */
        Colleague: {
            id: string;
            name: string;
            email: string;
            /** @enum {string} */
            role: "requester" | "approver" | "admin";
            limits: components["schemas"]["Money"][];
            monthlyLimits: components["schemas"]["Money"][];
            monthlyCredits: string | null;
            standIn: components["schemas"]["StandIn"] | null;
            /** Format: date-time */
            joinedAt: string;
            isYou: boolean;
        };
        /** Invitation */
        Invitation: {
            id: string;
            email: string;
            /** @enum {string} */
            role: "requester" | "approver" | "admin";
            limits: components["schemas"]["Money"][];
            monthlyLimits: components["schemas"]["Money"][];
            monthlyCredits: string | null;
            /** @enum {string} */
            state: "open" | "expired" | "withdrawn" | "accepted";
            mail: string | null;
            /** Format: date-time */
            sentAt: string;
            /** Format: date-time */
            expiresAt: string;
        };
        /** Company */
        Company: {
            id: string;
            name: string;
            timeZone: string;
            /** @enum {string} */
            role: "requester" | "approver" | "admin";
            people: components["schemas"]["Colleague"][];
            invitations: components["schemas"]["Invitation"][];
        };
        /** Me */
        Me: {
            id: string;
            email: string;
            name: string;
            company: string | null;
            /** @enum {string} */
            role: "buyer" | "agent" | "manager" | "staff";
            locale: string;
            currency: string | null;
            vendorId: string | null;
            agentId: string | null;
        };
        /** AccountErasure */
        AccountErasure: {
            password: string;
            code?: string;
            giveUp?: components["schemas"]["Leftover"][];
            endCompany?: boolean;
        };
        /** NotificationChoices */
        NotificationChoices: {
            answers: boolean;
            messages: boolean;
            payments: boolean;
            approvals: boolean;
        };
        /** Need */
        Need: {
            /** @enum {string} */
            kind: "expiring" | "approval" | "decide" | "question" | "call_back" | "rate" | "top_up";
            total: number;
            items: {
                id: string;
                number: string;
                title: string;
                vendor: string | null;
                at: string | null;
            }[];
        };
        /** Overview */
        Overview: {
            needs: components["schemas"]["Need"][];
        };
        /** PasskeyOptions */
        PasskeyOptions: {
            options: {
                [key: string]: unknown;
            };
        };
        /** AddedPasskey */
        AddedPasskey: {
            id: string;
            name: string;
            /** Format: date-time */
            createdAt: string;
            usedAt: string | null;
            recoveryCodes: string[];
        };
        /** Passkey */
        Passkey: {
            id: string;
            name: string;
            /** Format: date-time */
            createdAt: string;
            usedAt: string | null;
        };
        /** Registration */
        Registration: {
            name: string;
            email: string;
            password: string;
            locale?: string;
            company?: string;
        };
        /** SecondStep */
        SecondStep: {
            totp: boolean;
            passkey: boolean;
        };
        /** AccountSession */
        AccountSession: {
            id: string;
            browser: string | null;
            system: string | null;
            /** Format: date-time */
            beganAt: string;
            /** Format: date-time */
            usedAt: string;
            current: boolean;
        };
        /** TwoFactor */
        TwoFactor: {
            totpSince: string | null;
            passkeys: components["schemas"]["Passkey"][];
            recoveryCodesLeft: number;
            required: boolean;
        };
        /** TwoFactorSecret */
        TwoFactorSecret: {
            secret: string;
            uri: string;
            qr: string;
        };
        /** RecoveryCodes */
        RecoveryCodes: {
            recoveryCodes: string[];
        };
        /** Verified */
        Verified: {
            id: string;
            email: string;
            name: string;
            company: string | null;
            /** @enum {string} */
            role: "buyer" | "agent" | "manager" | "staff";
            locale: string;
            currency: string | null;
            vendorId: string | null;
            agentId: string | null;
            isNew: boolean;
        };
        /** StartedCall */
        StartedCall: {
            id: string;
            /** @enum {string} */
            status: "requested" | "calling_agent" | "calling_visitor" | "in_call" | "ending" | "ended";
        };
        /** DeskCallRow */
        DeskCallRow: {
            id: string;
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            kind: "sales" | "support";
            caller: {
                name: string | null;
                maskedPhone: string | null;
                locale: string;
            };
            offerId: string;
            product: {
                id: string;
                slug: string;
                code: string;
                name: string;
            };
            /** @enum {string} */
            result: "talked" | "missed" | "declined" | "not_connected";
            outcome: ("completed" | "no_agent" | "visitor_no_answer" | "visitor_unconfirmed" | "visitor_busy" | "visitor_failed" | "visitor_declined" | "visitor_cancelled" | "agent_left" | "platform_error") | null;
            talkSeconds: number | null;
            takenBy: string | null;
            rating: {
                line: number;
                agent: number;
            } | null;
            note: string | null;
            seen: boolean;
        };
        /** SharedSolution */
        SharedSolution: {
            solutionId: string;
            name: string;
            lines: {
                id: string;
                code: string;
                name: string;
                sku: string;
                quantity: number;
                unit: string;
                note: string;
                listTotal: components["schemas"]["Money"] | null;
            }[];
            total: components["schemas"]["Money"] | null;
        };
        /** DeskCall */
        DeskCall: {
            id: string;
            /** @enum {string} */
            kind: "sales" | "support";
            /** @enum {string} */
            phase: "ringing" | "accepted" | "talking" | "wrap_up";
            caller: {
                name: string | null;
                maskedPhone: string | null;
                locale: string;
            };
            offerId: string;
            product: {
                id: string;
                slug: string;
                code: string;
                name: string;
            };
            own: {
                sku: string;
                stock: number | null;
                price: components["schemas"]["Money"] | null;
                unit: string;
                priceBreaks: {
                    quantity: number;
                    price: components["schemas"]["Money"] | null;
                }[];
            };
            shared: components["schemas"]["SharedSolution"] | null;
            earlier: {
                /** Format: date-time */
                at: string;
                agentName: string;
                talkSeconds: number;
                note: string | null;
            }[];
            isCallBack: boolean;
            callBackNote: string | null;
            nextAgent: {
                name: string;
            } | null;
            ringingAt: string | null;
            pickedUpAt: string | null;
            ringsUntil: string | null;
            answeredAt: string | null;
            endedAt: string | null;
            talkSeconds: number | null;
            outcome: ("completed" | "no_agent" | "visitor_no_answer" | "visitor_unconfirmed" | "visitor_busy" | "visitor_failed" | "visitor_declined" | "visitor_cancelled" | "agent_left" | "platform_error") | null;
            wrapUpUntil: string | null;
            paid: {
                maxSeconds: number;
                endsAt: string | null;
                keptUntil: string | null;
            } | null;
            note: string | null;
            can: {
                decline: boolean;
                hangUp: boolean;
                extendWrapUp: boolean;
                finishWrapUp: boolean;
            };
        };
        /** DeskCallBack */
        DeskCallBack: {
            id: string;
            /** @enum {string} */
            kind: "sales" | "support";
            /** @enum {string} */
            status: "open" | "calling";
            caller: {
                name: string | null;
                maskedPhone: string | null;
                locale: string;
            };
            offerId: string;
            product: {
                id: string;
                slug: string;
                code: string;
                name: string;
            };
            /** Format: date-time */
            wantedAt: string;
            note: string;
            attempts: number;
            calledBy: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        /** DeskEnquiry */
        DeskEnquiry: {
            number: string;
            /** @enum {string} */
            kind: "quote" | "order";
            buyer: string;
            lines: number;
            total: components["schemas"]["Money"] | null;
            deadline: string | null;
            timeZone: string;
            /** @enum {string} */
            status: "sent" | "opened" | "answered" | "revision_asked" | "declined" | "confirmed" | "accepted" | "partly_accepted" | "lost";
            href: string;
        };
        /** AgentState */
        AgentState: {
            id: string;
            vendorId: string;
            name: string;
            /** @enum {string} */
            kind: "sales" | "support";
            languages: string[];
            /** @enum {string} */
            status: "available" | "busy" | "away" | "offline";
            since: string | null;
            worksFrom: string | null;
        };
        /** Desk */
        Desk: {
            /** Format: date-time */
            serverNow: string;
            me: {
                id: string;
                name: string;
                /** @enum {string} */
                kind: "sales" | "support";
                /** @enum {string} */
                status: "available" | "busy" | "away" | "offline";
                /** Format: date-time */
                since: string;
                /** @enum {string} */
                declared: "available" | "away" | "offline";
                phoneUntil: string | null;
                unreachableSince: string | null;
                phoneEnding: string | null;
            };
            vendor: {
                id: string;
                name: string;
                timeZone: string;
            };
            hours: {
                opens: string;
                closes: string;
            } | null;
            calling: boolean;
            call: components["schemas"]["DeskCall"] | null;
            callBacks: components["schemas"]["DeskCallBack"][];
            callBacksTotal: number;
            recent: components["schemas"]["DeskCallRow"][];
            missedUnseen: number;
            enquiries: components["schemas"]["DeskEnquiry"][];
            enquiriesTotal: number;
            team: components["schemas"]["AgentState"][];
            day: {
                calls: number;
                talkSeconds: number;
                pickUpSeconds: number | null;
                missed: number;
                answersSent: number;
                rating: {
                    average: number;
                    count: number;
                } | null;
            };
        };
        /** OwnStatus */
        OwnStatus: {
            /** @enum {string} */
            status: "available" | "busy" | "away" | "offline";
            /** Format: date-time */
            since: string;
            /** @enum {string} */
            declared: "available" | "away" | "offline";
            phoneUntil: string | null;
            unreachableSince: string | null;
            phoneEnding: string | null;
        };
        /** ApprovalPart */
        ApprovalPart: {
            vendor: {
                id: string;
                name: string;
            };
            lines: {
                name: string;
                code: string;
                quantity: number;
                unitPrice: components["schemas"]["Money"] | null;
                total: components["schemas"]["Money"] | null;
            }[];
        };
        /** Approval */
        Approval: {
            id: string;
            /** @enum {string} */
            kind: "acceptance" | "order";
            /** @enum {string} */
            status: "waiting" | "approved" | "rejected" | "withdrawn" | "expired" | "outdated";
            request: {
                id: string;
                number: string;
            } | null;
            title: string;
            requester: {
                name: string;
                isYou: boolean;
            };
            amounts: components["schemas"]["Money"][];
            exceeded: {
                /** @enum {string} */
                period: "request" | "month";
                limit: components["schemas"]["Money"];
                total: components["schemas"]["Money"] | null;
                rateDate: string | null;
            }[];
            parts: components["schemas"]["ApprovalPart"][];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            decidedAt: string | null;
            decidedBy: string | null;
            decidedFor: string | null;
            note: string;
            can: {
                decide: boolean;
                withdraw: boolean;
            };
        };
        /** VendorRef */
        VendorRef: {
            id: string;
            name: string;
            slug: string;
            rating: {
                average: number;
                count: number;
            } | null;
        };
        /** CallBack */
        CallBack: {
            id: string;
            /** @enum {string} */
            kind: "sales" | "support";
            /** @enum {string} */
            status: "open" | "calling" | "done" | "cancelled" | "expired";
            vendor: components["schemas"]["VendorRef"];
            offerId: string;
            product: {
                id: string;
                slug: string;
                code: string;
                name: string;
            };
            phone: string | null;
            /** Format: date-time */
            wantedAt: string;
            note: string;
            /** Format: date-time */
            createdAt: string;
            callId: string | null;
        };
        /** CallFigures */
        CallFigures: {
            calls: number;
            answered: number;
            talkSeconds: number;
            minutes: number;
            ratings: number;
            line: number | null;
            agent: number | null;
            credits: string;
        };
        /** CallStatistics */
        CallStatistics: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            /** @enum {string} */
            by: "week" | "vendor";
            items: {
                calls: number;
                answered: number;
                talkSeconds: number;
                minutes: number;
                ratings: number;
                line: number | null;
                agent: number | null;
                credits: string;
                /** Format: date */
                week?: string;
                vendor?: {
                    id: string;
                    name: string;
                };
            }[];
            total: components["schemas"]["CallFigures"];
        };
        /** PastCall */
        PastCall: {
            id: string;
            /** @enum {string} */
            kind: "sales" | "support";
            /** @enum {string} */
            status: "requested" | "calling_agent" | "calling_visitor" | "in_call" | "ending" | "ended";
            outcome: ("completed" | "no_agent" | "visitor_no_answer" | "visitor_unconfirmed" | "visitor_busy" | "visitor_failed" | "visitor_declined" | "visitor_cancelled" | "agent_left" | "platform_error") | null;
            product: {
                id: string;
                slug: string;
                code: string;
                name: string;
            };
            agent: {
                name: string;
            } | null;
            /** Format: date-time */
            requestedAt: string;
            answeredAt: string | null;
            endedAt: string | null;
            talkSeconds: number | null;
            vendor: {
                id: string;
                name: string;
                slug: string;
            };
            rating: {
                line: number;
                agent: number;
            } | null;
            canRate: boolean;
            credits: string;
        };
        /** CallCredit */
        CallCredit: {
            rate: string;
            held: string;
            spent: string;
            available: string;
            secondsLeft: number;
        };
        /** CallReport */
        CallReport: {
            seconds: number;
            rate: string;
            charge: string;
            before: string;
            after: string;
            endedBy: ("visitor" | "agent" | "system") | null;
        };
        /** Call */
        Call: {
            id: string;
            /** @enum {string} */
            status: "requested" | "calling_agent" | "calling_visitor" | "in_call" | "ending" | "ended";
            /** @enum {string} */
            kind: "sales" | "support";
            outcome: ("completed" | "no_agent" | "visitor_no_answer" | "visitor_unconfirmed" | "visitor_busy" | "visitor_failed" | "visitor_declined" | "visitor_cancelled" | "agent_left" | "platform_error") | null;
            endedBy: ("visitor" | "agent" | "system") | null;
            vendor: components["schemas"]["VendorRef"];
            offerId: string;
            callBackId: string | null;
            product: {
                id: string;
                slug: string;
                code: string;
                name: string;
            };
            agent: {
                id: string;
                name: string;
                /** @enum {string} */
                kind: "sales" | "support";
                languages: string[];
            } | null;
            tried: {
                name: string;
                /** @enum {string} */
                result: "no_answer" | "declined" | "busy" | "unreachable";
                ringSeconds: number;
            }[];
            nextAgent: {
                name: string;
            } | null;
            phone: string | null;
            shownNumber: string;
            asksToConfirm: boolean;
            /** Format: date-time */
            requestedAt: string;
            ringsUntil: string | null;
            agentPickedUpAt: string | null;
            acceptedAt: string | null;
            answeredAt: string | null;
            endedAt: string | null;
            talkSeconds: number | null;
            maxSeconds: number;
            /** Format: date-time */
            serverNow: string;
            shared: components["schemas"]["SharedSolution"] | null;
            can: {
                hangUp: boolean;
                share: boolean;
                rate: boolean;
                goOn: boolean;
            };
            rateUntil: string | null;
            credit: components["schemas"]["CallCredit"] | null;
            report: components["schemas"]["CallReport"] | null;
            keptUntil: string | null;
            rating: {
                line: number;
                agent: number;
                comment: string | null;
            } | null;
        };
        /** CurrentCall */
        CurrentCall: {
            call: components["schemas"]["Call"] | null;
        };
        /** CallRating */
        CallRating: {
            line: number;
            agent: number;
            comment: string | null;
        };
        /** ComplaintSubject */
        ComplaintSubject: {
            /** @enum {string} */
            type: "call" | "order" | "enquiry" | "product";
            id: string;
            title: string;
            number?: string;
            agent?: string;
            /** Format: date-time */
            at?: string;
            seconds?: number;
        };
        /** Upload */
        Upload: {
            id: string;
            name: string;
            type: string;
            size: number;
        };
        /** ComplaintMessage */
        ComplaintMessage: {
            id: string;
            /** @enum {string} */
            author: "buyer" | "vendor" | "staff";
            name: string;
            /** @enum {string} */
            audience: "everyone" | "vendor_and_staff" | "staff";
            text: string;
            /** Format: date-time */
            at: string;
            uploads: components["schemas"]["Upload"][];
        };
        /** Complaint */
        Complaint: {
            id: string;
            number: string;
            /** @enum {string} */
            status: "open" | "in_review" | "resolved" | "rejected" | "withdrawn";
            subject: components["schemas"]["ComplaintSubject"];
            vendor: {
                id: string;
                name: string;
            };
            buyer: {
                name: string;
            } | null;
            /** @enum {string} */
            category: "quality" | "not_solved" | "charge" | "line" | "behaviour" | "late" | "damaged" | "wrong_item" | "other";
            /** @enum {string} */
            wish: "answer" | "refund" | "replacement" | "repair";
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            statusAt: string;
            dueAt: string | null;
            isOverdue: boolean;
            decision: {
                /** @enum {string} */
                decision: "resolved" | "rejected";
                /** @enum {string} */
                by: "buyer" | "vendor" | "staff";
                reason: string;
                refundCredits?: string;
            } | null;
            messages: components["schemas"]["ComplaintMessage"][];
            can: {
                message: boolean;
                note: boolean;
                review: boolean;
                decide: boolean;
                withdraw: boolean;
            };
            refundable?: string;
        };
        /** ComplaintPrefill */
        ComplaintPrefill: {
            subject: components["schemas"]["ComplaintSubject"];
            vendors: {
                id: string;
                name: string;
            }[];
            categories: ("quality" | "not_solved" | "charge" | "line" | "behaviour" | "late" | "damaged" | "wrong_item" | "other")[];
            wishes: ("answer" | "refund" | "replacement" | "repair")[];
        };
        /** ComplaintRow */
        ComplaintRow: {
            id: string;
            number: string;
            /** @enum {string} */
            status: "open" | "in_review" | "resolved" | "rejected" | "withdrawn";
            subject: components["schemas"]["ComplaintSubject"];
            vendor: {
                id: string;
                name: string;
            };
            buyer: {
                name: string;
            } | null;
            /** @enum {string} */
            category: "quality" | "not_solved" | "charge" | "line" | "behaviour" | "late" | "damaged" | "wrong_item" | "other";
            /** @enum {string} */
            wish: "answer" | "refund" | "replacement" | "repair";
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            statusAt: string;
            dueAt: string | null;
            isOverdue: boolean;
        };
        /** Credits */
        Credits: {
            posted: string;
            held: string;
            available: string;
            secondsLeft: number;
            isDisputed: boolean;
        };
        /** CreditEntry */
        CreditEntry: {
            id: string;
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            kind: "top_up" | "call" | "refund" | "adjustment";
            amount: string;
            balance: string;
            text: string;
            topUpId?: string;
            callId?: string;
        };
        /** CreditTier */
        CreditTier: {
            from: string;
            price: components["schemas"]["Money"];
        };
        /** CreditPrices */
        CreditPrices: {
            currency: string;
            currencies: string[];
            tiers: components["schemas"]["CreditTier"][];
            vat: {
                country: string;
                rate: string;
            } | null;
            methods: ("transfer" | "card")[];
        };
        /** InvoiceRef */
        InvoiceRef: {
            id: string;
            number: string;
            /** @enum {string} */
            kind: "invoice" | "credit_note";
            /** Format: date-time */
            issuedAt: string;
        };
        /** PaymentQr */
        PaymentQr: {
            /** @enum {string} */
            standard: "EPC069-12" | "NBS IPS";
            data: string;
            svg: string;
        };
        /** TopUp */
        TopUp: {
            id: string;
            reference: string;
            /** @enum {string} */
            status: "waiting" | "paid" | "cancelled";
            /** @enum {string} */
            method: "transfer" | "card";
            credits: string;
            orderedCredits: string | null;
            price: components["schemas"]["Money"];
            net: components["schemas"]["Money"];
            vat: components["schemas"]["Money"];
            vatRate: string;
            /** @enum {string} */
            vatRule: "house" | "reverse_charge";
            vatId: string | null;
            amount: components["schemas"]["Money"];
            received: components["schemas"]["Money"];
            rest: components["schemas"]["Money"];
            surplus: components["schemas"]["Money"];
            refunded: string;
            refundedMoney: components["schemas"]["Money"];
            owedCredits: string;
            owedMoney: components["schemas"]["Money"];
            /** Format: date-time */
            createdAt: string;
            paidAt: string | null;
            cancelledAt: string | null;
            invoices: components["schemas"]["InvoiceRef"][];
            cardState: ("created" | "open" | "processing" | "paid" | "expired" | "failed" | "doubtful") | null;
            dispute: ("open" | "won" | "lost") | null;
            cardRefunds: {
                credits: string;
                amount: components["schemas"]["Money"];
                /** @enum {string} */
                state: "requested" | "pending" | "succeeded" | "failed";
            }[];
            payee?: {
                name: string;
                account: string;
            };
            paymentQr?: components["schemas"]["PaymentQr"];
            paymentUrl?: string;
        };
        /** DeliveryState */
        DeliveryState: {
            id: string;
            /** @enum {string} */
            to: "vendor" | "agent" | "buyer";
            name: string;
            /** @enum {string} */
            status: "queued" | "waiting" | "sent" | "bounced" | "suppressed" | "failed" | "read" | "revoked";
            /** Format: date-time */
            at: string;
            /** Format: date-time */
            goesOutAt?: string;
        };
        /** EnquiryMessage */
        EnquiryMessage: {
            id: string;
            /** @enum {string} */
            author: "buyer" | "vendor";
            authorName: string;
            /** @enum {string} */
            kind: "message" | "more_time" | "deadline" | "revision" | "decline";
            text: string;
            /** Format: date-time */
            createdAt: string;
        };
        /** Delivery */
        Delivery: {
            place?: string;
            country?: string;
            /** Format: date */
            neededBy?: string;
        };
        /** Address */
        Address: {
            place?: string;
            country?: string;
        };
        /** OrderDetails */
        OrderDetails: {
            company?: string;
            delivery: components["schemas"]["Address"];
            billing?: components["schemas"]["Address"];
            missing: string[];
        };
        /** Contact */
        Contact: {
            name: string;
            email: string;
            phone?: string;
            company?: string;
            taxId?: string;
        };
        /** QuoteLine */
        QuoteLine: {
            lineId: string;
            /** @enum {string} */
            decision: "offer" | "alternative" | "confirm" | "decline";
            unitPrice?: components["schemas"]["Money"];
            quantity?: number;
            leadTimeDays?: number;
            alternative?: string;
            alternativeProduct?: {
                id: string;
                name: string;
                code: string;
                sku: string;
            };
            reason?: string;
            lineTotal?: components["schemas"]["Money"];
            accepted: boolean;
        };
        /** Quote */
        Quote: {
            id: string;
            version: number;
            /** @enum {string} */
            status: "current" | "superseded" | "expired" | "accepted" | "partly_accepted" | "declined" | "lost";
            currency: string;
            /** Format: date */
            validUntil: string;
            /** Format: date-time */
            expiresAt: string;
            message: string;
            vendorReference: string;
            answeredBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            declinedAt?: string;
            total: components["schemas"]["Money"];
            lines: components["schemas"]["QuoteLine"][];
        };
        /** EnquiryByLink */
        EnquiryByLink: {
            vendor: {
                id: string;
                name: string;
            };
            recipient: {
                name: string;
                /** @enum {string} */
                role: "vendor" | "agent";
            };
            colleagues: string[];
            deliveries: components["schemas"]["DeliveryState"][];
            request: {
                number: string;
                /** @enum {string} */
                kind: "quote" | "order";
                /** Format: date-time */
                createdAt: string;
                deadline: string | null;
                message: string;
                timeZone: string;
                delivery: components["schemas"]["Delivery"];
                orderDetails?: components["schemas"]["OrderDetails"];
                buyer: components["schemas"]["Contact"];
            };
            /** @enum {string} */
            status: "sent" | "opened" | "answered" | "revision_asked" | "declined" | "confirmed" | "accepted" | "partly_accepted" | "lost";
            timeZone: string;
            /** Format: date */
            today: string;
            currency: string;
            currencies: string[];
            exchangeRates: {
                /** Format: date */
                date: string;
                rates: {
                    [key: string]: string;
                };
            } | null;
            minorDigits: {
                [key: string]: number;
            };
            lines: {
                id: string;
                position: number;
                product: {
                    id: string;
                    name: string;
                    code: string;
                };
                sku: string;
                quantity: number;
                unit: string;
                options: {
                    [key: string]: string;
                };
                note: string;
                listPrice: components["schemas"]["Money"] | null;
                minimum: number;
                packSize: number;
                leadTimeDays: number | null;
            }[];
            draft?: {
                body: {
                    [key: string]: unknown;
                };
                /** Format: date-time */
                savedAt: string;
            };
            quotes: components["schemas"]["Quote"][];
            messages: components["schemas"]["EnquiryMessage"][];
            can: {
                answer: boolean;
                askMoreTime: boolean;
                message: boolean;
                why: string | null;
            };
            acceptedLineIds: string[];
            awaitsApproval: boolean;
            /** Format: date-time */
            linkExpiresAt: string;
        };
        /** AnswerLine */
        AnswerLine: {
            lineId: string;
            /** @enum {string} */
            decision: "offer" | "alternative" | "confirm" | "decline";
            unitPrice?: components["schemas"]["Money"];
            quantity?: number;
            leadTimeDays?: number;
            alternative?: string;
            alternativeSku?: string;
            reason?: string;
        };
        /** Answer */
        Answer: {
            lines: components["schemas"]["AnswerLine"][];
            currency: string;
            /** Format: date */
            validUntil: string;
            message?: string;
            vendorReference?: string;
            basedOn?: number;
        };
        /** AnswerWarning */
        AnswerWarning: {
            path: string;
            /** @enum {string} */
            code: "price_far_from_list";
        };
        /** SentAnswer */
        SentAnswer: {
            id: string;
            version: number;
            /** @enum {string} */
            status: "current" | "superseded" | "expired" | "accepted" | "partly_accepted" | "declined" | "lost";
            currency: string;
            /** Format: date */
            validUntil: string;
            /** Format: date-time */
            expiresAt: string;
            message: string;
            vendorReference: string;
            answeredBy: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            declinedAt?: string;
            total: components["schemas"]["Money"];
            lines: components["schemas"]["QuoteLine"][];
            warnings: components["schemas"]["AnswerWarning"][];
        };
        /** CheckedAnswer */
        CheckedAnswer: {
            errors: components["schemas"]["FieldError"][];
            warnings: components["schemas"]["AnswerWarning"][];
        };
        /** ExchangeRates */
        ExchangeRates: {
            /** Format: date */
            date: string;
            base: string;
            rates: {
                [key: string]: string;
            };
            source: string;
            older: {
                [key: string]: string;
            };
        };
        /** RequestLine */
        RequestLine: {
            id: string;
            position: number;
            product: {
                id: string;
                code: string;
                name: string;
                /** @enum {string} */
                kind: "product" | "service";
            };
            categoryPath: string;
            quantity: number;
            options: {
                [key: string]: string;
            };
            note: string;
            asked: {
                enquiryId: string;
                vendor: {
                    id: string;
                    name: string;
                };
                sku: string;
                unit: string;
                listPrice: components["schemas"]["Money"] | null;
                lineTotal: components["schemas"]["Money"] | null;
                leadTimeDays: number | null;
            }[];
            acceptedQuoteId: string | null;
            /** @enum {string} */
            orderState?: "waiting" | "confirmed" | "changed" | "accepted" | "rejected" | "declined";
        };
        /** Conversion */
        Conversion: {
            currency: string;
            /** Format: date */
            date: string;
            source: string;
            /** Format: date */
            oldBefore: string;
        };
        /** ListTotal */
        ListTotal: {
            about: components["schemas"]["Money"] | null;
            conversion: components["schemas"]["Conversion"] | null;
            lines: number;
            withoutPrice: number;
            withoutRate: number;
            byCurrency: {
                lines: number;
                total: components["schemas"]["Money"];
            }[];
        };
        /** OrderCounts */
        OrderCounts: {
            waiting: number;
            confirmed: number;
            changed: number;
            accepted: number;
            rejected: number;
            declined: number;
        };
        /** Enquiry */
        Enquiry: {
            id: string;
            vendor: {
                id: string;
                name: string;
                rating: {
                    average: number;
                    count: number;
                } | null;
            };
            /** @enum {string} */
            status: "sent" | "opened" | "answered" | "revision_asked" | "declined" | "confirmed" | "accepted" | "partly_accepted" | "lost" | "undelivered";
            /** Format: date-time */
            statusAt: string;
            deadline: string | null;
            lineIds: string[];
            deliveries: components["schemas"]["DeliveryState"][];
            orderLines?: components["schemas"]["OrderCounts"];
            quotes: components["schemas"]["Quote"][];
            messages: components["schemas"]["EnquiryMessage"][];
            can: {
                accept: boolean;
                decline: boolean;
                askRevision: boolean;
                message: boolean;
                giveMoreTime: boolean;
            };
        };
        /** OrderedPart */
        OrderedPart: {
            enquiryId: string;
            vendor: {
                id: string;
                name: string;
            };
            lineIds: string[];
            totals: components["schemas"]["Money"][];
            longestLeadTimeDays: number | null;
        };
        /** Request */
        Request: {
            id: string;
            number: string;
            /** @enum {string} */
            kind: "quote" | "order";
            /** @enum {string} */
            status: "sent" | "partly_answered" | "answered" | "partly_accepted" | "accepted" | "closed";
            title: string;
            /** Format: date-time */
            createdAt: string;
            deadline: string | null;
            timeZone: string;
            message: string;
            delivery: components["schemas"]["Delivery"];
            orderDetails: components["schemas"]["OrderDetails"];
            contact: components["schemas"]["Contact"];
            lines: components["schemas"]["RequestLine"][];
            totals: {
                low: components["schemas"]["Money"];
                high: components["schemas"]["Money"];
            }[];
            listTotal: components["schemas"]["ListTotal"];
            enquiries: components["schemas"]["Enquiry"][];
            ordered: components["schemas"]["OrderedPart"][];
            mayDecide: boolean;
            approvals: {
                id: string;
                requester: string;
                quoteIds: string[];
                /** Format: date-time */
                createdAt: string;
                /** Format: date-time */
                expiresAt: string;
            }[];
            copy: components["schemas"]["DeliveryState"] | null;
        };
        /** Acceptance */
        Acceptance: {
            quotes: {
                quoteId: string;
                lineIds?: string[];
            }[];
            company?: string;
            delivery?: components["schemas"]["Address"];
            billing?: components["schemas"]["Address"];
        };
        /** WaitingForApproval */
        WaitingForApproval: {
            approvalId: string;
        };
        /** ComparisonCell */
        ComparisonCell: {
            enquiryId: string;
            /** @enum {string} */
            state: "not_asked" | "waiting" | "offered" | "declined" | "expired";
            quoteId?: string;
            /** @enum {string} */
            decision?: "offer" | "alternative" | "confirm" | "decline";
            unitPrice?: components["schemas"]["Money"];
            quantity?: number;
            lineTotal?: components["schemas"]["Money"];
            converted?: components["schemas"]["Money"];
            leadTimeDays?: number;
            alternative?: string;
            alternativeProduct?: {
                id: string;
                name: string;
                code: string;
                sku: string;
            };
            reason?: string;
            listDifference?: number;
            lowest: boolean;
            fastest: boolean;
            chosen: boolean;
            accepted: boolean;
            choosable: boolean;
        };
        /** Comparison */
        Comparison: {
            currency: string | null;
            ratesOf: string | null;
            ratesOld: boolean;
            vendors: {
                enquiryId: string;
                vendor: {
                    id: string;
                    name: string;
                    rating: {
                        average: number;
                        count: number;
                    } | null;
                };
                /** @enum {string} */
                status: "sent" | "opened" | "answered" | "revision_asked" | "declined" | "confirmed" | "accepted" | "partly_accepted" | "lost" | "undelivered";
                /** Format: date-time */
                statusAt: string;
                quote: {
                    id: string;
                    version: number;
                    status: string;
                    currency: string;
                    /** Format: date */
                    validUntil: string;
                    /** Format: date-time */
                    expiresAt: string;
                    message: string;
                    total: components["schemas"]["Money"];
                    convertedTotal: components["schemas"]["Money"] | null;
                } | null;
                linesAsked: number;
                linesOffered: number;
                longestLeadTimeDays: number | null;
            }[];
            rows: {
                lineId: string;
                position: number;
                product: {
                    id: string;
                    code: string;
                    name: string;
                };
                quantity: number;
                unit: string;
                acceptedQuoteId: string | null;
                cells: components["schemas"]["ComparisonCell"][];
            }[];
            choice: {
                lines: number;
                openLines: number;
                byVendor: {
                    enquiryId: string;
                    vendorName: string;
                    lines: number;
                    total: components["schemas"]["Money"];
                }[];
                totals: components["schemas"]["Money"][];
                convertedTotal: components["schemas"]["Money"] | null;
                longestLeadTimeDays: number | null;
                acceptance: {
                    quoteId: string;
                    lineIds?: string[];
                }[];
            };
            ordered: {
                totals: components["schemas"]["Money"][];
                convertedTotal: components["schemas"]["Money"] | null;
            };
            request?: components["schemas"]["Request"];
        };
        /** Notice */
        Notice: {
            id: string;
            /** @enum {string} */
            kind: "quote" | "message" | "more_time" | "link_revoked" | "top_up_paid" | "top_up_reversed" | "top_up_refunded" | "top_up_settled" | "top_up_refund_failed" | "top_up_disputed" | "top_up_dispute_won" | "approval_asked" | "approval_approved" | "approval_rejected" | "approval_expired" | "approval_outdated" | "complaint_message" | "complaint_in_review" | "complaint_resolved" | "complaint_rejected";
            /** Format: date-time */
            at: string;
            read: boolean;
            vendor?: {
                id: string;
                name: string;
            };
            request?: {
                id: string;
                number: string;
                title: string;
            };
            topUp?: {
                id: string;
                reference: string;
            };
            approval?: {
                id: string;
                number: string;
                title: string;
            };
            complaint?: {
                id: string;
                number: string;
                title: string;
            };
        };
        /** UnreadNotices */
        UnreadNotices: {
            unread: number;
        };
        /** CategoryRef */
        CategoryRef: {
            id: string;
            name: string;
            path: string;
            slugPath: string;
        };
        /** About */
        About: {
            amount: string;
            currency: string;
            /** Format: date */
            date: string;
        };
        /** Price */
        Price: {
            amount: string;
            currency: string;
            about?: components["schemas"]["About"];
        };
        /** ListedOffer */
        ListedOffer: {
            id: string;
            sku: string;
            vendor: components["schemas"]["VendorRef"];
            reachable: boolean;
            price: components["schemas"]["Price"] | null;
            unit: string;
            minimum: number;
            packSize: number;
            /** @enum {string} */
            availability: "in_stock" | "out_of_stock" | "on_request";
            stock: number | null;
            leadTimeDays: number | null;
            freeAgents: number;
        };
        /** ProductSummary */
        ProductSummary: {
            id: string;
            slug: string;
            code: string;
            name: string;
            /** @enum {string} */
            kind: "product" | "service";
            category: components["schemas"]["CategoryRef"];
            tags: string[];
            image: string | null;
            offers: components["schemas"]["ListedOffer"][];
        };
        /** ProductComparison */
        ProductComparison: {
            items: components["schemas"]["ProductSummary"][];
            attributes: {
                name: string;
                values: (string | null)[];
                differs: boolean;
            }[];
            conversion: components["schemas"]["Conversion"] | null;
        };
        /** Facets */
        Facets: {
            categories: {
                id: string;
                slugPath: string;
                level: number;
                name: string;
                count: number;
            }[];
            vendors: {
                id: string;
                slug: string;
                name: string;
                count: number;
            }[];
            kinds: {
                kind: string;
                count: number;
            }[];
            inStock: number;
            currencies: {
                currency: string;
                count: number;
                min: string;
                max: string;
            }[];
            attributes: {
                key: string;
                name: string;
                values: {
                    value: string;
                    name?: string;
                    count: number;
                }[];
                range: {
                    unit: string;
                    min: number;
                    max: number;
                } | null;
            }[];
            isFloor: boolean;
        };
        /** OfferDetail */
        OfferDetail: {
            id: string;
            sku: string;
            vendor: components["schemas"]["VendorRef"];
            reachable: boolean;
            price: components["schemas"]["Price"] | null;
            unit: string;
            minimum: number;
            packSize: number;
            /** @enum {string} */
            availability: "in_stock" | "out_of_stock" | "on_request";
            stock: number | null;
            leadTimeDays: number | null;
            ownName: string | null;
            ownCodes: string[];
            priceBreaks: {
                quantity: number;
                price: components["schemas"]["Price"];
            }[];
            vendorCountry: string | null;
            agents: components["schemas"]["AgentState"][];
        };
        /** ProductDetail */
        ProductDetail: {
            id: string;
            slug: string;
            code: string;
            name: string;
            /** @enum {string} */
            kind: "product" | "service";
            category: components["schemas"]["CategoryRef"];
            tags: string[];
            image: string | null;
            offers: components["schemas"]["OfferDetail"][];
            calling: boolean;
            description: string;
            attributes: {
                name: string;
                value: string;
            }[];
            eans: string[];
            breadcrumbs: components["schemas"]["CategoryRef"][];
            related: components["schemas"]["ProductSummary"][];
            conversion: components["schemas"]["Conversion"] | null;
        };
        /** NewDelivery */
        NewDelivery: {
            place?: string;
            country?: string;
            neededBy?: string;
        };
        /** NewRequest */
        NewRequest: {
            solutionId: string;
            /** @enum {string} */
            kind: "quote" | "order";
            title?: string;
            contact: components["schemas"]["Contact"];
            delivery?: string | components["schemas"]["NewDelivery"];
            billing?: components["schemas"]["Address"];
            message?: string;
            deadline?: string;
            currency?: string;
            timeZone?: string;
            specification?: string;
        };
        /** NotSold */
        NotSold: {
            position: number;
            product: {
                id: string;
                code: string;
                name: string;
            };
            vendors: {
                id: string;
                name: string;
            }[];
            kept: boolean;
        };
        /** RepeatedRequest */
        RepeatedRequest: {
            id: string;
            name: string;
            lines: number;
            notSold: components["schemas"]["NotSold"][];
        };
        /** LineOffer */
        LineOffer: {
            id: string;
            sku: string;
            vendor: components["schemas"]["VendorRef"];
            reachable: boolean;
            price: components["schemas"]["Price"] | null;
            unit: string;
            minimum: number;
            packSize: number;
            /** @enum {string} */
            availability: "in_stock" | "out_of_stock" | "on_request";
            stock: number | null;
            leadTimeDays: number | null;
            asked: boolean;
            withdrawn: boolean;
            unitPrice: components["schemas"]["Money"] | null;
            lineTotal: components["schemas"]["Money"] | null;
            sellable: boolean;
            lowest: boolean;
            preferred: boolean;
        };
        /** SolutionLine */
        SolutionLine: {
            id: string;
            position: number;
            product: {
                id: string;
                slug: string;
                code: string;
                name: string;
                /** @enum {string} */
                kind: "product" | "service";
                image: string | null;
                category: components["schemas"]["CategoryRef"];
            };
            quantity: number;
            options: {
                [key: string]: string;
            };
            note: string;
            offers: components["schemas"]["LineOffer"][];
            totals: {
                low: components["schemas"]["Money"];
                high: components["schemas"]["Money"];
            }[];
            about?: components["schemas"]["About"];
        };
        /** SplitPart */
        SplitPart: {
            vendor: components["schemas"]["VendorRef"];
            lines: {
                lineId: string;
                offerId: string;
                total: components["schemas"]["Money"] | null;
            }[];
            linesTotal: number;
            subtotals: components["schemas"]["Money"][];
            onRequest: number;
        };
        /** SolutionByLink */
        SolutionByLink: {
            name: string;
            /** Format: date-time */
            updatedAt: string;
            lines: components["schemas"]["SolutionLine"][];
            linesTotal: number;
            split: components["schemas"]["SplitPart"][];
            totals: {
                low: components["schemas"]["Money"];
                high: components["schemas"]["Money"];
            }[];
            listTotal: components["schemas"]["ListTotal"];
        };
        /** Solution */
        Solution: {
            id: string;
            name: string;
            current: boolean;
            sentAt: string | null;
            /** Format: date-time */
            updatedAt: string;
            lines: components["schemas"]["SolutionLine"][];
            linesTotal: number;
            comparedTotal: number;
            split: components["schemas"]["SplitPart"][];
            totals: {
                low: components["schemas"]["Money"];
                high: components["schemas"]["Money"];
            }[];
            listTotal: components["schemas"]["ListTotal"];
            problems: {
                lineId: string;
                code: string;
            }[];
            blockedTotal: number;
            removed: {
                lineId: string;
                name: string;
                /** Format: date-time */
                removedAt: string;
            }[];
        };
        /** JoinedLine */
        JoinedLine: {
            position: number | null;
            before: number;
            added: number;
            quantity: number;
            rows: number;
        };
        /** CodeRow */
        CodeRow: {
            row: number;
            input: string;
            code: string;
            quantity: number | null;
            quantityText: string;
            /** @enum {string} */
            status: "added" | "matched" | "ambiguous" | "not_found" | "refused" | "header" | "skipped";
            reason?: string;
            lineId?: string;
            product?: {
                id: string;
                slug: string;
                code: string;
                name: string;
            };
            offers?: {
                id: string;
                sku: string;
                vendor: {
                    id: string;
                    name: string;
                };
            }[];
            joins?: components["schemas"]["JoinedLine"];
            candidates?: {
                id: string;
                slug: string;
                code: string;
                name: string;
                vendors: string[];
            }[];
            minimum?: number;
            packSize?: number;
        };
        /** ListColumn */
        ListColumn: {
            index: number;
            heading: string;
            /** @enum {string} */
            role: "code" | "quantity" | "unit" | "name" | "note" | "vendor" | "ignored";
            sample: string[];
        };
        /** ListRow */
        ListRow: {
            row: number;
            raw: string;
            code: string;
            quantity: string | null;
            quantityText: string;
            /** @enum {string} */
            state: "ready" | "choose" | "unclear" | "not_found" | "skipped";
            reason?: string;
            choices?: {
                id: string;
                slug: string;
                code: string;
                name: string;
                vendors: string[];
            }[];
            product?: {
                id: string;
                slug: string;
                code: string;
                name: string;
            };
            name?: string;
            note?: string;
            offer?: {
                id: string;
                sku: string;
                vendor: {
                    id: string;
                    name: string;
                };
            };
            joins?: components["schemas"]["JoinedLine"];
            asks?: string[];
            vendors?: number;
            minimum?: number;
            packSize?: number;
        };
        /** List */
        List: {
            id: string;
            format: {
                encoding: string;
                separator: string | null;
                headingRow: number | null;
            };
            columns: components["schemas"]["ListColumn"][];
            rows: components["schemas"]["ListRow"][];
            questions: {
                code: string;
                rows: number[];
                message: string;
            }[];
        };
        /** SolutionShare */
        SolutionShare: {
            url: string | null;
        };
        /** Specification */
        Specification: {
            solutionId: string;
            /** @enum {string} */
            kind: "quote" | "order";
            version: string;
            lineCount: number;
            parts: {
                vendor: {
                    id: string;
                    name: string;
                    rating: {
                        average: number;
                        count: number;
                    } | null;
                };
                email: string | null;
                agents: {
                    name: string;
                    /** @enum {string} */
                    kind: "sales" | "support";
                }[];
                lines: {
                    lineId: string;
                    position: number;
                    product: {
                        id: string;
                        name: string;
                        code: string;
                    };
                    sku: string;
                    quantity: number;
                    unit: string;
                    options: {
                        [key: string]: string;
                    };
                    note: string;
                    listPrice: components["schemas"]["Money"] | null;
                    lineTotal: components["schemas"]["Money"] | null;
                    about?: components["schemas"]["About"];
                    leadTimeDays: number | null;
                }[];
                subtotals: components["schemas"]["Money"][];
                onRequest: number;
            }[];
            totals: {
                low: components["schemas"]["Money"];
                high: components["schemas"]["Money"];
            }[];
            listTotal: components["schemas"]["ListTotal"];
            last: {
                contact: components["schemas"]["Contact"];
                orderDetails: components["schemas"]["OrderDetails"];
            } | null;
            problems: {
                code: string;
                lineId?: string;
                position?: number;
                name?: string;
            }[];
        };
        /** AuditEntry */
        AuditEntry: {
            id: string;
            /** Format: date-time */
            at: string;
            actor: string;
            action: string;
            subject: {
                type: string;
                id: string;
            };
            detail: {
                [key: string]: string | number | boolean;
            };
        };
        /** StaffDelivery */
        StaffDelivery: {
            id: string;
            kind: string;
            to: string;
            /** @enum {string} */
            status: "queued" | "waiting" | "sent" | "bounced" | "suppressed" | "failed" | "withdrawn";
            /** Format: date-time */
            decidedAt: string;
            /** Format: date-time */
            statusAt: string;
            attempts: number;
            error: string | null;
            canResend: boolean;
        };
        /** PersonRow */
        PersonRow: {
            id: string;
            name: string;
            email: string;
            /** @enum {string} */
            role: "buyer" | "agent" | "manager" | "staff";
            /** Format: date-time */
            createdAt: string;
        };
        /** Person */
        Person: {
            id: string;
            name: string;
            email: string;
            /** @enum {string} */
            role: "buyer" | "agent" | "manager" | "staff";
            /** Format: date-time */
            createdAt: string;
            company: string | null;
            locale: string;
            sessions: number;
            isThrottled: boolean;
            hasSecondFactor: boolean;
        };
        /** TopUpPayment */
        TopUpPayment: {
            id: string;
            bankReference: string;
            isNamed: boolean;
            amount: components["schemas"]["Money"];
            /** Format: date */
            receivedOn: string;
            reversedAt: string | null;
            reversalReason: string | null;
        };
        /** StaffTopUp */
        StaffTopUp: {
            id: string;
            reference: string;
            /** @enum {string} */
            status: "waiting" | "paid" | "cancelled";
            /** @enum {string} */
            method: "transfer" | "card";
            credits: string;
            orderedCredits: string | null;
            price: components["schemas"]["Money"];
            net: components["schemas"]["Money"];
            vat: components["schemas"]["Money"];
            vatRate: string;
            /** @enum {string} */
            vatRule: "house" | "reverse_charge";
            vatId: string | null;
            amount: components["schemas"]["Money"];
            received: components["schemas"]["Money"];
            rest: components["schemas"]["Money"];
            surplus: components["schemas"]["Money"];
            refunded: string;
            refundedMoney: components["schemas"]["Money"];
            owedCredits: string;
            owedMoney: components["schemas"]["Money"];
            /** Format: date-time */
            createdAt: string;
            paidAt: string | null;
            cancelledAt: string | null;
            invoices: components["schemas"]["InvoiceRef"][];
            cardState: ("created" | "open" | "processing" | "paid" | "expired" | "failed" | "doubtful") | null;
            dispute: ("open" | "won" | "lost") | null;
            cardRefunds: {
                credits: string;
                amount: components["schemas"]["Money"];
                /** @enum {string} */
                state: "requested" | "pending" | "succeeded" | "failed";
            }[];
            buyer: {
                name: string;
                email: string;
            };
            payments: components["schemas"]["TopUpPayment"][];
            refundable: string;
        };
        /** SupportTerms */
        SupportTerms: {
            rate: string;
            price: components["schemas"]["Money"] | null;
            leastSeconds: number;
            credit: {
                available: string;
                seconds: number;
                isDisputed: boolean;
            } | null;
        };
        /** VendorCall */
        VendorCall: {
            id: string;
            /** @enum {string} */
            kind: "sales" | "support";
            /** @enum {string} */
            status: "requested" | "calling_agent" | "calling_visitor" | "in_call" | "ending" | "ended";
            outcome: ("completed" | "no_agent" | "visitor_no_answer" | "visitor_unconfirmed" | "visitor_busy" | "visitor_failed" | "visitor_declined" | "visitor_cancelled" | "agent_left" | "platform_error") | null;
            product: {
                id: string;
                slug: string;
                code: string;
                name: string;
            };
            agent: {
                name: string;
            } | null;
            /** Format: date-time */
            requestedAt: string;
            answeredAt: string | null;
            endedAt: string | null;
            talkSeconds: number | null;
            rating: {
                line: number;
                agent: number;
                comment: string | null;
            } | null;
            note: string | null;
        };
        /** VendorQuality */
        VendorQuality: {
            score: number | null;
            days: number;
            enquiries: {
                asked: number;
                answered: number;
                medianHours: number | null;
            };
            calls: {
                taken: number;
                missed: number;
            };
            complaints: {
                count: number;
                perHundredCalls: number | null;
            };
        };
        /** Wish */
        Wish: {
            product: components["schemas"]["ProductSummary"];
            /** Format: date-time */
            addedAt: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type DeliveryAddress = components['schemas']['DeliveryAddress'];
export type DeliveryAddresses = components['schemas']['DeliveryAddresses'];
export type FieldError = components['schemas']['FieldError'];
export type Problem = components['schemas']['Problem'];
export type NewDeliveryAddress = components['schemas']['NewDeliveryAddress'];
export type Obstacle = components['schemas']['Obstacle'];
export type Leftover = components['schemas']['Leftover'];
export type Erasure = components['schemas']['Erasure'];
export type PersonalCopy = components['schemas']['PersonalCopy'];
export type OwnInvitation = components['schemas']['OwnInvitation'];
export type Money = components['schemas']['Money'];
export type StandIn = components['schemas']['StandIn'];
export type Colleague = components['schemas']['Colleague'];
export type Invitation = components['schemas']['Invitation'];
export type Company = components['schemas']['Company'];
export type Me = components['schemas']['Me'];
export type AccountErasure = components['schemas']['AccountErasure'];
export type NotificationChoices = components['schemas']['NotificationChoices'];
export type Need = components['schemas']['Need'];
export type Overview = components['schemas']['Overview'];
export type PasskeyOptions = components['schemas']['PasskeyOptions'];
export type AddedPasskey = components['schemas']['AddedPasskey'];
export type Passkey = components['schemas']['Passkey'];
export type Registration = components['schemas']['Registration'];
export type SecondStep = components['schemas']['SecondStep'];
export type AccountSession = components['schemas']['AccountSession'];
export type TwoFactor = components['schemas']['TwoFactor'];
export type TwoFactorSecret = components['schemas']['TwoFactorSecret'];
export type RecoveryCodes = components['schemas']['RecoveryCodes'];
export type Verified = components['schemas']['Verified'];
export type StartedCall = components['schemas']['StartedCall'];
export type DeskCallRow = components['schemas']['DeskCallRow'];
export type SharedSolution = components['schemas']['SharedSolution'];
export type DeskCall = components['schemas']['DeskCall'];
export type DeskCallBack = components['schemas']['DeskCallBack'];
export type DeskEnquiry = components['schemas']['DeskEnquiry'];
export type AgentState = components['schemas']['AgentState'];
export type Desk = components['schemas']['Desk'];
export type OwnStatus = components['schemas']['OwnStatus'];
export type ApprovalPart = components['schemas']['ApprovalPart'];
export type Approval = components['schemas']['Approval'];
export type VendorRef = components['schemas']['VendorRef'];
export type CallBack = components['schemas']['CallBack'];
export type CallFigures = components['schemas']['CallFigures'];
export type CallStatistics = components['schemas']['CallStatistics'];
export type PastCall = components['schemas']['PastCall'];
export type CallCredit = components['schemas']['CallCredit'];
export type CallReport = components['schemas']['CallReport'];
export type Call = components['schemas']['Call'];
export type CurrentCall = components['schemas']['CurrentCall'];
export type CallRating = components['schemas']['CallRating'];
export type ComplaintSubject = components['schemas']['ComplaintSubject'];
export type Upload = components['schemas']['Upload'];
export type ComplaintMessage = components['schemas']['ComplaintMessage'];
export type Complaint = components['schemas']['Complaint'];
export type ComplaintPrefill = components['schemas']['ComplaintPrefill'];
export type ComplaintRow = components['schemas']['ComplaintRow'];
export type Credits = components['schemas']['Credits'];
export type CreditEntry = components['schemas']['CreditEntry'];
export type CreditTier = components['schemas']['CreditTier'];
export type CreditPrices = components['schemas']['CreditPrices'];
export type InvoiceRef = components['schemas']['InvoiceRef'];
export type PaymentQr = components['schemas']['PaymentQr'];
export type TopUp = components['schemas']['TopUp'];
export type DeliveryState = components['schemas']['DeliveryState'];
export type EnquiryMessage = components['schemas']['EnquiryMessage'];
export type Delivery = components['schemas']['Delivery'];
export type Address = components['schemas']['Address'];
export type OrderDetails = components['schemas']['OrderDetails'];
export type Contact = components['schemas']['Contact'];
export type QuoteLine = components['schemas']['QuoteLine'];
export type Quote = components['schemas']['Quote'];
export type EnquiryByLink = components['schemas']['EnquiryByLink'];
export type AnswerLine = components['schemas']['AnswerLine'];
export type Answer = components['schemas']['Answer'];
export type AnswerWarning = components['schemas']['AnswerWarning'];
export type SentAnswer = components['schemas']['SentAnswer'];
export type CheckedAnswer = components['schemas']['CheckedAnswer'];
export type ExchangeRates = components['schemas']['ExchangeRates'];
export type RequestLine = components['schemas']['RequestLine'];
export type Conversion = components['schemas']['Conversion'];
export type ListTotal = components['schemas']['ListTotal'];
export type OrderCounts = components['schemas']['OrderCounts'];
export type Enquiry = components['schemas']['Enquiry'];
export type OrderedPart = components['schemas']['OrderedPart'];
export type Request = components['schemas']['Request'];
export type Acceptance = components['schemas']['Acceptance'];
export type WaitingForApproval = components['schemas']['WaitingForApproval'];
export type ComparisonCell = components['schemas']['ComparisonCell'];
export type Comparison = components['schemas']['Comparison'];
export type Notice = components['schemas']['Notice'];
export type UnreadNotices = components['schemas']['UnreadNotices'];
export type CategoryRef = components['schemas']['CategoryRef'];
export type About = components['schemas']['About'];
export type Price = components['schemas']['Price'];
export type ListedOffer = components['schemas']['ListedOffer'];
export type ProductSummary = components['schemas']['ProductSummary'];
export type ProductComparison = components['schemas']['ProductComparison'];
export type Facets = components['schemas']['Facets'];
export type OfferDetail = components['schemas']['OfferDetail'];
export type ProductDetail = components['schemas']['ProductDetail'];
export type NewDelivery = components['schemas']['NewDelivery'];
export type NewRequest = components['schemas']['NewRequest'];
export type NotSold = components['schemas']['NotSold'];
export type RepeatedRequest = components['schemas']['RepeatedRequest'];
export type LineOffer = components['schemas']['LineOffer'];
export type SolutionLine = components['schemas']['SolutionLine'];
export type SplitPart = components['schemas']['SplitPart'];
export type SolutionByLink = components['schemas']['SolutionByLink'];
export type Solution = components['schemas']['Solution'];
export type JoinedLine = components['schemas']['JoinedLine'];
export type CodeRow = components['schemas']['CodeRow'];
export type ListColumn = components['schemas']['ListColumn'];
export type ListRow = components['schemas']['ListRow'];
export type List = components['schemas']['List'];
export type SolutionShare = components['schemas']['SolutionShare'];
export type Specification = components['schemas']['Specification'];
export type AuditEntry = components['schemas']['AuditEntry'];
export type StaffDelivery = components['schemas']['StaffDelivery'];
export type PersonRow = components['schemas']['PersonRow'];
export type Person = components['schemas']['Person'];
export type TopUpPayment = components['schemas']['TopUpPayment'];
export type StaffTopUp = components['schemas']['StaffTopUp'];
export type SupportTerms = components['schemas']['SupportTerms'];
export type VendorCall = components['schemas']['VendorCall'];
export type VendorQuality = components['schemas']['VendorQuality'];
export type Wish = components['schemas']['Wish'];
export type $defs = Record<string, never>;
export interface operations {
    listDeliveryAddresses: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryAddresses"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addDeliveryAddress: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDeliveryAddress"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryAddress"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateDeliveryAddress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDeliveryAddress"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryAddress"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeDeliveryAddress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    undoEmailChange: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getErasure: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportMyData: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonalCopy"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listInvitations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["OwnInvitation"][];
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    declineInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acceptInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Company"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkAccountLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    kind: "verification" | "password_reset" | "email_change_undo";
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        asksPassword: boolean;
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    password: string;
                    code?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    eraseAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountErasure"];
            };
        };
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    company?: string;
                    locale?: string;
                    currency?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getNotificationChoices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationChoices"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setNotificationChoices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NotificationChoices"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationChoices"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOverview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyOptions"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    credential: {
                        id: string;
                        response: {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddedPasskey"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removePasskey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    renamePasskey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Passkey"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    current: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestPasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                };
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token of the link, the last part of its address */
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    register: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Registration"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSecondStep: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecondStep"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    finishLogin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    finishLoginWithPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    credential: {
                        id: string;
                        response: {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startPasskeyLogin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyOptions"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AccountSession"][];
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endOtherSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTwoFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TwoFactor"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmTwoFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startTwoFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TwoFactorSecret"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endTwoFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    renewRecoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyAddress: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    password?: string;
                    code?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verified"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    callBack: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedCall"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    closeCallBack: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAgentCalls: {
        parameters: {
            query?: {
                /** @description Page, from 1 */
                page?: number;
                /** @description Items on a page, 1 to 100 */
                perPage?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DeskCallRow"][];
                        total: number;
                        page: number;
                        perPage: number;
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    declineCall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    hangUpAsAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    writeCallNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note: string;
                };
            };
        };
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    wrapUp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    action: "extend" | "finish";
                };
            };
        };
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDesk: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Desk"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAgentEnquiries: {
        parameters: {
            query?: {
                /** @description Page, from 1 */
                page?: number;
                /** @description Items on a page, 1 to 100 */
                perPage?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DeskEnquiry"][];
                        total: number;
                        page: number;
                        perPage: number;
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    markMissedSeen: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setAgentStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    status: "available" | "away" | "offline";
                    /** Format: date-time */
                    until?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnStatus"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAvailableAgents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        total: number;
                        items: {
                            id: string;
                            name: string;
                            vendor: {
                                id: string;
                                name: string;
                                slug: string;
                            };
                            product: {
                                id: string;
                                name: string;
                                slug: string;
                            };
                        }[];
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listApprovals: {
        parameters: {
            query?: {
                /** @description Page, from 1 */
                page?: number;
                /** @description Items on a page, 1 to 100 */
                perPage?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Approval"][];
                        total: number;
                        page: number;
                        perPage: number;
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApproval: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Approval"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decideApproval: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    decision: "approve" | "reject";
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Approval"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawApproval: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Approval"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCallBacks: {
        parameters: {
            query?: {
                /** @description Page, from 1 */
                page?: number;
                /** @description Items on a page, 1 to 100 */
                perPage?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["CallBack"][];
                        total: number;
                        page: number;
                        perPage: number;
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestCallBack: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the caller; a repeat with the same key has no second effect and gets the same answer */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    offerId: string;
                    /** @enum {string} */
                    kind: "sales" | "support";
                    phone: string;
                    /** Format: date-time */
                    wantedAt: string;
                    name?: string;
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallBack"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallBack"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCallBack: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallBack"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelCallBack: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCallStatistics: {
        parameters: {
            query?: {
                /** @description First day; default: seven weeks before the week of `to` */
                from?: string;
                /** @description Last day; default: today */
                to?: string;
                /** @description Per week, from Monday, or per partner */
                by?: "week" | "vendor";
                /** @description Whose days and weeks; default: UTC */
                timeZone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallStatistics"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCalls: {
        parameters: {
            query?: {
                /** @description Page, from 1 */
                page?: number;
                /** @description Items on a page, 1 to 100 */
                perPage?: number;
                /** @description Sales or support */
                kind?: "sales" | "support";
                /** @description Only those with this partner */
                vendor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PastCall"][];
                        total: number;
                        page: number;
                        perPage: number;
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startCall: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the caller; a repeat with the same key has no second effect and gets the same answer */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    offerId: string;
                    /** @enum {string} */
                    kind: "sales" | "support";
                    phone: string;
                    agentId?: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedCall"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCurrentCall: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CurrentCall"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Call"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    hangUp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Call"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rateCall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    line: number;
                    agent: number;
                    comment?: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallRating"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    shareSolution: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    shared: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Call"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCategories: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: Record<string, never>[];
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCompany: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Company"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createCompany: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    timeZone?: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Company"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateCompany: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    timeZone?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Company"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    inviteColleague: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    /** @enum {string} */
                    role?: "requester" | "approver" | "admin";
                    limits?: components["schemas"]["Money"][];
                    monthlyLimits?: components["schemas"]["Money"][];
                    monthlyCredits?: string | null;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeColleague: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateColleague: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    role?: "requester" | "approver" | "admin";
                    limits?: components["schemas"]["Money"][];
                    monthlyLimits?: components["schemas"]["Money"][];
                    monthlyCredits?: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Company"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    nameStandIn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: string;
                    /** Format: date */
                    from: string;
                    /** Format: date */
                    until: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Company"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endStandIn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Company"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getComplaintByLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token of the link, the last part of its address */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Complaint"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decideComplaintByLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token of the link, the last part of its address */
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    decision: "resolved" | "rejected";
                    reason: string;
                    refundCredits?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Complaint"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postComplaintMessageByLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token of the link, the last part of its address */
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                    uploads?: string[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Complaint"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reviewComplaintByLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token of the link, the last part of its address */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Complaint"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    uploadByComplaintLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token of the link, the last part of its address */
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    downloadByComplaintLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token of the link, the last part of its address */
                token: string;
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getComplaintSubject: {
        parameters: {
            query: {
                /** @description What it is about; an order is an enquiry of which lines were accepted or confirmed */
                type: "call" | "order" | "enquiry" | "product";
                /** @description The id of the call, the enquiry (also for an order) or the product */
                id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComplaintPrefill"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listComplaints: {
        parameters: {
            query?: {
                /** @description Page, from 1 */
                page?: number;
                /** @description Items on a page, 1 to 100 */
                perPage?: number;
                /** @description Only those that need a decision, or only the others */
                open?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ComplaintRow"][];
                        total: number;
                        page: number;
                        perPage: number;
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    fileComplaint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the caller; a repeat with the same key has no second effect and gets the same answer */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    subject: {
                        /** @enum {string} */
                        type: "call" | "order" | "enquiry" | "product";
                        id: string;
                    };
                    vendorId?: string;
                    /** @enum {string} */
                    category: "quality" | "not_solved" | "charge" | "line" | "behaviour" | "late" | "damaged" | "wrong_item" | "other";
                    text: string;
                    /** @enum {string} */
                    wish: "answer" | "refund" | "replacement" | "repair";
                    uploads?: string[];
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        number: string;
                        /** @enum {string} */
                        status: "open" | "in_review" | "resolved" | "rejected" | "withdrawn";
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getComplaint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Complaint"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decideComplaint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    decision: "resolved" | "rejected";
                    reason: string;
                    refundCredits?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Complaint"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postComplaintMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                    uploads?: string[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Complaint"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postComplaintNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                    /** @enum {string} */
                    audience?: "vendor_and_staff" | "staff";
                    uploads?: string[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Complaint"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reviewComplaint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Complaint"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawComplaint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Complaint"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCredits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credits"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCreditEntries: {
        parameters: {
            query?: {
                /** @description Page, from 1 */
                page?: number;
                /** @description Items on a page, 1 to 100 */
                perPage?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["CreditEntry"][];
                        total: number;
                        page: number;
                        perPage: number;
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getInvoice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCreditPrices: {
        parameters: {
            query?: {
                /** @description ISO 4217 code */
                currency?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditPrices"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCreditStatement: {
        parameters: {
            query?: {
                /** @description The first day (UTC); default: the beginning */
                from?: string;
                /** @description The last day (UTC); default: today */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCreditStatementPdf: {
        parameters: {
            query?: {
                /** @description The first day (UTC); default: the beginning */
                from?: string;
                /** @description The last day (UTC); default: today */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTopUps: {
        parameters: {
            query?: {
                /** @description Page, from 1 */
                page?: number;
                /** @description Items on a page, 1 to 100 */
                perPage?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TopUp"][];
                        total: number;
                        page: number;
                        perPage: number;
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createTopUp: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the caller; a repeat with the same key has no second effect and gets the same answer */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    credits: string;
                    /** @enum {string} */
                    method: "transfer" | "card";
                    currency?: string;
                    country?: string;
                    vatId?: string;
                    billTo?: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopUp"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTopUp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopUp"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelTopUp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopUp"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkTopUp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopUp"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProforma: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    renewLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
                /** @description Id of the mail that holds the link */
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryState"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
                /** @description Id of the mail that holds the link */
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postBuyerMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnquiryMessage"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEnquiryByLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token of the link, the last part of its address */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnquiryByLink"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendAnswer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token of the link, the last part of its address */
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Answer"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentAnswer"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentAnswer"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkAnswer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token of the link, the last part of its address */
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Answer"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckedAnswer"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    saveAnswerDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token of the link, the last part of its address */
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        savedAt: string;
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    renewLinkOfVendor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token of the link, the last part of its address */
                token: string;
                /** @description Id of the mail that holds the link */
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryState"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeLinkOfVendor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token of the link, the last part of its address */
                token: string;
                /** @description Id of the mail that holds the link */
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postEnquiryMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token of the link, the last part of its address */
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnquiryMessage"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    askMoreTime: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token of the link, the last part of its address */
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date */
                    until?: string;
                    text?: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnquiryMessage"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    markEnquiryRead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token of the link, the last part of its address */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    uploadByLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token of the link, the last part of its address */
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listExchangeRates: {
        parameters: {
            query?: {
                /** @description The day; the newest by default */
                date?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExchangeRates"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getFollowedRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token of the link, the last part of its address */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acceptFollowedQuote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token of the link, the last part of its address */
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Acceptance"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitingForApproval"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    compareFollowedQuotes: {
        parameters: {
            query?: {
                /** @description Choose offers by this strategy */
                choose?: "price" | "speed" | "fewest";
                /** @description Single choices, as line and quote */
                pick?: string | string[];
                /** @description ISO 4217 code */
                currency?: string;
                /** @description Also answer the request itself */
                withRequest?: boolean;
            };
            header?: never;
            path: {
                /** @description The token of the link, the last part of its address */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comparison"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    giveMoreTimeByLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token of the link, the last part of its address */
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    enquiryId: string;
                    deadline: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    declineFollowedQuote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token of the link, the last part of its address */
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    quoteId: string;
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    renewFollowedLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token of the link, the last part of its address */
                token: string;
                /** @description Id of the thing that the path names */
                id: string;
                /** @description Id of the mail that holds the link */
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryState"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeFollowedLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token of the link, the last part of its address */
                token: string;
                /** @description Id of the thing that the path names */
                id: string;
                /** @description Id of the mail that holds the link */
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postFollowMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token of the link, the last part of its address */
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    enquiryId: string;
                    text: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnquiryMessage"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    askFollowedRevision: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token of the link, the last part of its address */
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    enquiryId: string;
                    message: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token of the link, the last part of its address */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnInvitation"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listNotices: {
        parameters: {
            query?: {
                /** @description Page, from 1 */
                page?: number;
                /** @description Items on a page, 1 to 100 */
                perPage?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Notice"][];
                        total: number;
                        page: number;
                        perPage: number;
                        unread: number;
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readNotices: {
        parameters: {
            query?: {
                /** @description The id of the last one read; default: all */
                upTo?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnreadNotices"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    countUnreadNotices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnreadNotices"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    compareProducts: {
        parameters: {
            query: {
                /** @description Ids of 2 to 4 products, separated by commas */
                products: string;
                /** @description ISO 4217 code */
                currency?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductComparison"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchProducts: {
        parameters: {
            query?: {
                /** @description Words or codes, up to 2,000 characters */
                q?: string;
                /** @description Id of a category; includes those below it */
                category?: string;
                /** @description Id of a partner */
                vendor?: string | string[];
                /** @description Products or services only */
                kind?: "product" | "service";
                /** @description Only offers with stock */
                inStock?: boolean;
                /** @description Lowest price, a decimal string, in `currency` */
                priceMin?: string;
                /** @description Highest price, a decimal string, in `currency` */
                priceMax?: string;
                /** @description Currency of price filters and sorting; without it the visitor's choice */
                currency?: string;
                /** @description For each attribute to filter by, with its key in place of `<key>`, as in `attr.Thread=M8&attr.Thread=M10`: products with any of these values. Several attributes must all fit. Keys and values are those of `facets.attributes`. */
                "attr.<key>"?: string[];
                /** @description The least number of an attribute, as in `attr.Sensing range.min=4&attr.Sensing range.max=12`. With values of the same attribute, both must fit. */
                "attr.<key>.min"?: string;
                /** @description The greatest number of an attribute. */
                "attr.<key>.max"?: string;
                /** @description The unit of `min` and `max`, as `mm`; units that measure the same are converted. Without it: the one that most values of the attribute have. */
                "attr.<key>.unit"?: string;
                /** @description Order; by relevance if there are words */
                sort?: "relevance" | "price_asc" | "price_desc" | "name";
                /** @description From 1 */
                page?: number;
                /** @description 1 to 100 */
                perPage?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            slug: string;
                            code: string;
                            name: string;
                            /** @enum {string} */
                            kind: "product" | "service";
                            category: components["schemas"]["CategoryRef"];
                            tags: string[];
                            image: string | null;
                            offers: components["schemas"]["ListedOffer"][];
                            marks: {
                                name: {
                                    from: number;
                                    to: number;
                                }[];
                                code: {
                                    from: number;
                                    to: number;
                                }[];
                            };
                        }[];
                        total: number;
                        page: number;
                        perPage: number;
                        totalIsFloor: boolean;
                        near: boolean;
                        conversion: components["schemas"]["Conversion"] | null;
                        facets: components["schemas"]["Facets"];
                        category: {
                            id: string;
                            name: string;
                            path: string;
                            slugPath: string;
                            breadcrumbs: components["schemas"]["CategoryRef"][];
                        } | null;
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProduct: {
        parameters: {
            query?: {
                /** @description ISO 4217 code */
                currency?: string;
            };
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductDetail"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRequests: {
        parameters: {
            query?: {
                /** @description Page, from 1 */
                page?: number;
                /** @description Items on a page, 1 to 100 */
                perPage?: number;
                /** @description Words of the number, the title, a product or a partner; all must be found */
                q?: string;
                /** @description Only those with this status */
                status?: "sent" | "partly_answered" | "answered" | "partly_accepted" | "accepted" | "closed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            number: string;
                            /** @enum {string} */
                            kind: "quote" | "order";
                            /** @enum {string} */
                            status: "sent" | "partly_answered" | "answered" | "partly_accepted" | "accepted" | "closed";
                            title: string;
                            /** Format: date-time */
                            createdAt: string;
                            deadline: string | null;
                            timeZone: string;
                            lines: number;
                            vendors: number;
                            answered: number;
                        }[];
                        total: number;
                        page: number;
                        perPage: number;
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the caller; a repeat with the same key has no second effect and gets the same answer */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRequest"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        number: string;
                        /** @enum {string} */
                        kind: "quote" | "order";
                        /** @enum {string} */
                        status: "sent" | "partly_answered" | "answered" | "partly_accepted" | "accepted" | "closed";
                        enquiries: {
                            id: string;
                            vendor: {
                                id: string;
                                name: string;
                            };
                            /** @enum {string} */
                            status: "sent" | "opened" | "answered" | "revision_asked" | "declined" | "confirmed" | "accepted" | "partly_accepted" | "lost";
                        }[];
                    };
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitingForApproval"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addFollowedRequest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkRequest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRequest"];
            };
        };
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRequest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acceptQuote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Acceptance"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitingForApproval"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    compareQuotes: {
        parameters: {
            query?: {
                /** @description Choose offers by this strategy */
                choose?: "price" | "speed" | "fewest";
                /** @description Single choices, as line and quote */
                pick?: string | string[];
                /** @description ISO 4217 code */
                currency?: string;
                /** @description Also answer the request itself */
                withRequest?: boolean;
            };
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comparison"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    repeatRequest: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the caller; a repeat with the same key has no second effect and gets the same answer */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RepeatedRequest"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    giveMoreTime: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    enquiryId: string;
                    deadline: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    declineQuote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    quoteId: string;
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    renewFollowLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeFollowLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    askRevision: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    enquiryId: string;
                    message: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSharedSolution: {
        parameters: {
            query?: {
                /** @description ISO 4217 code */
                currency?: string;
                /** @description Page, from 1 */
                page?: number;
                /** @description Items on a page, 1 to 100 */
                perPage?: number;
            };
            header?: never;
            path: {
                /** @description The token of the link, the last part of its address */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SolutionByLink"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSolutions: {
        parameters: {
            query?: {
                /** @description Page, from 1 */
                page?: number;
                /** @description Items on a page, 1 to 100 */
                perPage?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            name: string;
                            current: boolean;
                            lines: number;
                            sentAt: string | null;
                            /** Format: date-time */
                            updatedAt: string;
                            requestId: string | null;
                            shareUrl: string | null;
                        }[];
                        total: number;
                        page: number;
                        perPage: number;
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createSolution: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Solution"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    copySharedSolution: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the caller; a repeat with the same key has no second effect and gets the same answer */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Solution"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSolutionSummary: {
        parameters: {
            query?: {
                /** @description Product ids, separated by commas */
                products?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string | null;
                        name: string;
                        lines: number;
                        inSolution: {
                            lineId: string;
                            productId: string;
                            position: number;
                            quantity: number;
                        }[];
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSolution: {
        parameters: {
            query?: {
                /** @description ISO 4217 code */
                currency?: string;
                /** @description Page, from 1 */
                page?: number;
                /** @description Items on a page, 1 to 100 */
                perPage?: number;
            };
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Solution"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateSolution: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    /** @enum {boolean} */
                    current?: true;
                    /** @enum {string} */
                    ask?: "all";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Solution"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    copySolution: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the caller; a repeat with the same key has no second effect and gets the same answer */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Solution"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addSolutionLine: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the caller; a repeat with the same key has no second effect and gets the same answer */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    productId: string;
                    quantity: number;
                    offerIds?: string[];
                    options?: {
                        [key: string]: string;
                    };
                    note?: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SolutionLine"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addSolutionLinesByCode: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the caller; a repeat with the same key has no second effect and gets the same answer */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text?: string;
                    rows?: {
                        code: string;
                        quantity?: unknown;
                        productId?: string;
                    }[];
                    /** @enum {string} */
                    ask?: "one" | "all";
                    dryRun?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["CodeRow"][];
                        counts: {
                            added: number;
                            ambiguous: number;
                            notFound: number;
                            refused: number;
                        };
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeSolutionLine: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
                /** @description Id of a line */
                lineId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateSolutionLine: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
                /** @description Id of a line */
                lineId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    quantity?: number;
                    offerIds?: string[];
                    options?: {
                        [key: string]: string;
                    };
                    note?: string;
                    position?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SolutionLine"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restoreSolutionLine: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
                /** @description Id of a line */
                lineId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SolutionLine"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    text: string;
                };
                "multipart/form-data": {
                    file: unknown;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
                /** @description Id of a list */
                listId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remapList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
                /** @description Id of a list */
                listId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    columns: {
                        index: number;
                        /** @enum {string} */
                        role: "code" | "quantity" | "unit" | "name" | "note" | "vendor" | "ignored";
                    }[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addList: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the caller; a repeat with the same key has no second effect and gets the same answer */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the thing that the path names */
                id: string;
                /** @description Id of a list */
                listId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    rows?: {
                        row: number;
                        code?: string;
                        quantity?: number | string;
                        productId?: string;
                        offerIds?: string[];
                        /** @enum {string} */
                        ask?: "one" | "all";
                    }[];
                    /** @enum {string} */
                    ask?: "one" | "all";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        rows: components["schemas"]["CodeRow"][];
                        counts: {
                            added: number;
                            ambiguous: number;
                            notFound: number;
                            refused: number;
                        };
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSolutionShare: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SolutionShare"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    shareSolutionByLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SolutionShare"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stopSharingSolution: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSpecification: {
        parameters: {
            query?: {
                /** @description A request for quotes, or an order at list prices */
                kind?: "quote" | "order";
                /** @description ISO 4217 code */
                currency?: string;
            };
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Specification"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAuditEntries: {
        parameters: {
            query?: {
                /** @description Page, from 1 */
                page?: number;
                /** @description Items on a page, 1 to 100 */
                perPage?: number;
                /** @description Only about the thing with this id */
                subject?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditEntry"][];
                        total: number;
                        page: number;
                        perPage: number;
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setCreditPrices: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description ISO 4217 code */
                currency: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date */
                    validFrom?: string;
                    tiers: {
                        from: string;
                        price: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditPrices"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                /** @description Page, from 1 */
                page?: number;
                /** @description Items on a page, 1 to 100 */
                perPage?: number;
                /** @description Only those that did not go out, or only those that did */
                state?: "unsent" | "sent";
                /** @description A part of the address */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["StaffDelivery"][];
                        total: number;
                        page: number;
                        perPage: number;
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resendDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffDelivery"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAnyInvoice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    findPeople: {
        parameters: {
            query: {
                /** @description Page, from 1 */
                page?: number;
                /** @description Items on a page, 1 to 100 */
                perPage?: number;
                /** @description A part of the address */
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["PersonRow"][];
                        total: number;
                        page: number;
                        perPage: number;
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resetSecondFactorOf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endSessionsOf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unlockPerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAllTopUps: {
        parameters: {
            query?: {
                /** @description Page, from 1 */
                page?: number;
                /** @description Items on a page, 1 to 100 */
                perPage?: number;
                /** @description Only those that wait (oldest first), that are paid, that were cancelled, or of which the payment by card is disputed */
                status?: "waiting" | "paid" | "cancelled" | "disputed";
                /** @description A part of the reference, or of the name or address of the buyer */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["StaffTopUp"][];
                        total: number;
                        page: number;
                        perPage: number;
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelAnyTopUp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffTopUp"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmTopUp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date */
                    receivedOn: string;
                    amount: components["schemas"]["Money"];
                    bankReference?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffTopUp"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refundTopUp: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the caller; a repeat with the same key has no second effect and gets the same answer */
                "idempotency-key"?: string;
            };
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    amount: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffTopUp"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reverseTopUpPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    bankReference: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffTopUp"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    settleTopUp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffTopUp"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    suggest: {
        parameters: {
            query?: {
                /** @description What was typed so far */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        products: {
                            id: string;
                            slug: string;
                            code: string;
                            name: string;
                            byCode: boolean;
                            marks: {
                                name: {
                                    from: number;
                                    to: number;
                                }[];
                                code: {
                                    from: number;
                                    to: number;
                                }[];
                            };
                        }[];
                        categories: {
                            id: string;
                            name: string;
                            path: string;
                            slugPath: string;
                            productCount: number;
                            marks: {
                                from: number;
                                to: number;
                            }[];
                        }[];
                        tags: {
                            tag: string;
                            marks: {
                                from: number;
                                to: number;
                            }[];
                        }[];
                        vendors: {
                            id: string;
                            name: string;
                            slug: string;
                            marks: {
                                from: number;
                                to: number;
                            }[];
                        }[];
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSupportTerms: {
        parameters: {
            query: {
                /** @description The id of the vendor */
                vendor: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SupportTerms"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    upload: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listVendorCalls: {
        parameters: {
            query?: {
                /** @description Page, from 1 */
                page?: number;
                /** @description Items on a page, 1 to 100 */
                perPage?: number;
                /** @description Sales or support */
                kind?: "sales" | "support";
                /** @description Only conversations, only calls without one, or only those that are not over */
                result?: "talked" | "missed" | "running";
                /** @description A part of the agent's name, of the product's code or name, or of the note */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["VendorCall"][];
                        total: number;
                        page: number;
                        perPage: number;
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listVendors: {
        parameters: {
            query?: {
                /** @description Order of the list */
                sort?: "name" | "products";
                /** @description Page, from 1 */
                page?: number;
                /** @description Items on a page, 1 to 100 */
                perPage?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            name: string;
                            slug: string;
                            rating: {
                                average: number;
                                count: number;
                            } | null;
                            kind: string;
                            description: string;
                            country: string | null;
                            reachable: boolean;
                            productCount: number;
                        }[];
                        total: number;
                        page: number;
                        perPage: number;
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getVendor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        slug: string;
                        rating: {
                            average: number;
                            count: number;
                        } | null;
                        kind: string;
                        description: string;
                        country: string | null;
                        reachable: boolean;
                        productCount: number;
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getVendorQuality: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the thing that the path names */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VendorQuality"];
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWishes: {
        parameters: {
            query?: {
                /** @description Page, from 1 */
                page?: number;
                /** @description Items on a page, 1 to 100 */
                perPage?: number;
                /** @description Only this product */
                product?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Wish"][];
                        total: number;
                        page: number;
                        perPage: number;
                    };
                };
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addWish: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the product */
                productId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeWish: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the product */
                productId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done; no content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A refusal, named by its `code` */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
